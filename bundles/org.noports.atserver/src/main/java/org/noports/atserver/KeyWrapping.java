package org.noports.atserver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;

/**
 * How an AES key travels to an RSA key (docs/protocol/atprotocol.md section 7): RSAES-PKCS1-v1_5
 * over the key's base64 <em>text</em>, in base64.
 */
final class KeyWrapping {
  private KeyWrapping() {}

  /**
   * Wraps {@code key} for whoever holds the private half of {@code publicKey}.
   *
   * @throws GeneralSecurityException if {@code publicKey} is no base64 X.509 RSA key
   */
  static String wrap(Secret key, String publicKey) throws GeneralSecurityException {
    byte[] bytes = key.exposeSecretBytes();
    byte[] text = Base64.getEncoder().encode(bytes);
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, rsa(publicKey));
      return Base64.getEncoder().encodeToString(cipher.doFinal(text));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Unwraps what was wrapped for {@code identity}. */
  static Secret unwrap(String wrapped, Identity identity) throws IdentityUnusable {
    byte[] text = new byte[0];
    try {
      text = identity.unwrap(Base64.getDecoder().decode(wrapped.trim()));
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length == ValueCipher.KEY_BYTES) {
        return Secret.owning(key);
      }
      throw new IdentityUnusable(notAKey(identity) + ": it has " + key.length + " bytes, not 32");
    } catch (IllegalArgumentException e) {
      throw new IdentityUnusable(notAKey(identity) + ": it is not base64", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static String notAKey(Identity identity) {
    return "What was stored as a key shared with " + identity.atSign() + " is none";
  }

  /** {@code pubKeyCS}: tells a reader which of its public keys a key was wrapped for. */
  static String checksum(String publicKey) {
    try {
      byte[] text = publicKey.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }

  private static PublicKey rsa(String base64) throws GeneralSecurityException {
    try {
      byte[] x509 = Base64.getDecoder().decode(base64.trim());
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the public key is not base64", e);
    }
  }
}
