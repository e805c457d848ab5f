package org.noports.testkit.fakes;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;

/** HKDF by the JDK, with SHA-256 or another hash, for at most one hash of output. */
public final class JdkDerivation implements KeyDerivation {
  private final int bits;

  /** With SHA-256. */
  public JdkDerivation() {
    this(256);
  }

  /** With the SHA-2 hash of so many bits. */
  public JdkDerivation(int bits) {
    this.bits = bits;
  }

  @Override
  public int hashLength() {
    return bits / 8;
  }

  @Override
  public byte[] hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-" + bits);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Secret extract(byte[] salt, Secret keyMaterial) {
    return Secret.owning(
        authenticate(Secret.owning(salt.clone()), keyMaterial.exposeSecretBytes()));
  }

  @Override
  public Secret expand(Secret pseudoRandomKey, byte[] info, int length) {
    byte[] block = authenticate(pseudoRandomKey, info, new byte[] {1});
    return Secret.owning(Arrays.copyOf(block, length));
  }

  @Override
  public byte[] authenticate(Secret key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA" + bits);
      mac.init(new SecretKeySpec(key.exposeSecretBytes(), "HMAC"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
