package org.noports.cipher.modern;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.jca.WipedKey;

/**
 * HKDF (RFC 5869) and HMAC (RFC 2104) with one of the JDK's hashes. A subclass names one and
 * registers it.
 */
abstract class Hkdf implements KeyDerivation {
  /** How many hashes one expansion may give (RFC 5869 2.3). */
  private static final int MOST = 255;

  private final String hash;
  private final String hmac;
  private final int length;

  /**
   * Over one hash.
   *
   * @param hash as {@link MessageDigest} names it
   * @param hmac HMAC over it, as {@link Mac} names it
   * @param length of a hash in bytes
   */
  Hkdf(String hash, String hmac, int length) {
    this.hash = hash;
    this.hmac = hmac;
    this.length = length;
  }

  @Override
  public final int hashLength() {
    return length;
  }

  @Override
  public final byte[] hash(byte[]... parts) throws CipherUnavailable {
    MessageDigest digest =
        JdkEngine.get(
            JdkEngine.DIGESTS,
            provider -> MessageDigest.getInstance(hash, provider),
            () -> MessageDigest.getInstance(hash));
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  @Override
  public final Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable {
    byte[] clear = keyMaterial.exposeSecretBytes();
    try (Secret key = Secret.copyOf(salt)) {
      return Secret.owning(authenticate(key, clear));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  @Override
  public final Secret expand(Secret pseudoRandomKey, byte[] info, int wanted)
      throws CipherUnavailable {
    if (wanted < 1 || wanted > MOST * length) {
      throw new IllegalArgumentException(
          "HKDF with " + hash + " gives 1 to " + MOST * length + " bytes, not " + wanted);
    }
    byte[] out = new byte[wanted];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < wanted; done += length, counter++) {
      byte[] next = authenticate(pseudoRandomKey, block, info, new byte[] {(byte) counter});
      Arrays.fill(block, (byte) 0);
      block = next;
      System.arraycopy(block, 0, out, done, Math.min(length, wanted - done));
    }
    Arrays.fill(block, (byte) 0);
    return Secret.owning(out);
  }

  @Override
  public final byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
    Mac mac =
        JdkEngine.get(
            JdkEngine.CIPHERS,
            provider -> Mac.getInstance(hmac, provider),
            () -> Mac.getInstance(hmac));
    // HMAC fills a short key up with zeros: these are what the JDK takes for an empty one.
    boolean empty = key.length() == 0;
    try (WipedKey used = empty ? WipedKey.zero(hmac, length) : new WipedKey(hmac, key);
        WipedKey zero = WipedKey.zero(hmac, length)) {
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
