package org.noports.cipher.modern;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.jca.WipedKey;
import org.osgi.service.component.annotations.Component;

/** HKDF (RFC 5869) and HMAC with SHA-256. */
@Component(
    property = {
      KeyDerivation.ALGORITHM + "=" + KeyDerivation.SHA_256,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class HkdfSha256 implements KeyDerivation {
  private static final String HMAC = "HmacSHA256";
  private static final String HASH = "SHA-256";
  private static final int LENGTH = 32;
  private static final int MOST = 255 * LENGTH;

  @Override
  public int hashLength() {
    return LENGTH;
  }

  @Override
  public byte[] hash(byte[]... parts) throws CipherUnavailable {
    MessageDigest digest =
        JdkEngine.get(
            JdkEngine.DIGESTS,
            provider -> MessageDigest.getInstance(HASH, provider),
            () -> MessageDigest.getInstance(HASH));
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  @Override
  public Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable {
    byte[] clear = keyMaterial.exposeSecretBytes();
    try (Secret key = Secret.copyOf(salt)) {
      return Secret.owning(authenticate(key, clear));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  @Override
  public Secret expand(Secret pseudoRandomKey, byte[] info, int length) throws CipherUnavailable {
    if (length < 1 || length > MOST) {
      throw new IllegalArgumentException("HKDF-SHA-256 gives 1 to 8160 bytes, not " + length);
    }
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += LENGTH, counter++) {
      byte[] next = authenticate(pseudoRandomKey, block, info, new byte[] {(byte) counter});
      Arrays.fill(block, (byte) 0);
      block = next;
      System.arraycopy(block, 0, out, done, Math.min(LENGTH, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return Secret.owning(out);
  }

  @Override
  public byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
    Mac mac =
        JdkEngine.get(
            JdkEngine.CIPHERS,
            provider -> Mac.getInstance(HMAC, provider),
            () -> Mac.getInstance(HMAC));
    // HMAC fills a short key up with zeros: these are what the JDK takes for an empty one.
    boolean empty = key.length() == 0;
    try (WipedKey used = empty ? WipedKey.zero(HMAC, LENGTH) : new WipedKey(HMAC, key);
        WipedKey zero = WipedKey.zero(HMAC, LENGTH)) {
      mac.init(used);
      for (byte[] part : parts) {
        mac.update(part);
      }
      byte[] code = mac.doFinal();
      // Overwrites the padded key that the JDK keeps.
      mac.init(zero);
      return code;
    } catch (GeneralSecurityException e) {
      throw JdkEngine.cannot(e);
    }
  }
}
