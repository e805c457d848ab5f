package org.noports.atserver.host.tenant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * RSA as atServers use it among themselves and with their owners (docs/protocol/atprotocol.md 5):
 * RSA-2048, PKCS#1 v1.5, keys as base64 of their DER, signatures as base64.
 *
 * <p>Holds no key: the pair of an atSign lives in its store under the names the atProtocol gives.
 */
public final class SigningKeys {
  private SigningKeys() {}

  /** A key pair as text. */
  public record Pair(String publicKey, String privateKey) {
    @Override
    public String toString() {
      return "Pair[publicKey=" + publicKey + "]";
    }
  }

  /** Makes a pair; takes some 80 ms, so never on an I/O loop. */
  public static Pair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Pair(
          base64.encodeToString(pair.getPublic().getEncoded()),
          base64.encodeToString(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  /** Signs with SHA-256; takes about 1 ms. */
  public static String sign(String privateKey, String text) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("The stored signing key is unusable", e);
    }
  }

  /**
   * Whether {@code signature} over {@code text} was made with the private half of {@code
   * publicKey}. Text that is no key or no signature verifies as false.
   *
   * @param hash {@code sha256} or {@code sha512}
   */
  public static boolean verifies(String publicKey, String hash, String text, String signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey.trim())));
      Signature check =
          Signature.getInstance(hash.equals("sha512") ? "SHA512withRSA" : "SHA256withRSA");
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature.trim()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
