package org.noports.atserver.host;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.noports.atserver.host.tenant.SigningKeys;

/**
 * The keys that transcripts sign with, by name: {@code first} and {@code device} are RSA, {@code
 * device512} is the latter with SHA-512, {@code ecc} is P-256, {@code mldsa} what {@link
 * FakeCiphers} verifies.
 */
final class PkamKeys {
  private static final SigningKeys.Pair DEVICE = SigningKeys.generate();
  private static final KeyPair ECC = ecc();
  private static final String MLDSA = "TUwtRFNB";

  private PkamKeys() {}

  private static KeyPair ecc() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public halves, each under its name and {@code Key}. */
  static Map<String, String> publicKeys() {
    ECPublicKey ecc = (ECPublicKey) ECC.getPublic();
    String x = hex(ecc.getW().getAffineX());
    String y = hex(ecc.getW().getAffineY());
    boolean odd = ecc.getW().getAffineY().testBit(0);
    return Map.of(
        "firstKey",
        Keys.AUTHENTICATION.publicKey(),
        "deviceKey",
        DEVICE.publicKey(),
        "eccKey",
        "04" + x + y,
        "eccShortKey",
        (odd ? "03" : "02") + x,
        "mldsaKey",
        MLDSA);
  }

  private static String hex(BigInteger number) {
    return String.format("%064x", number);
  }

  /** What stands in a pkam behind its parameters. */
  static String sign(String name, String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    return switch (name) {
      case "first" -> SigningKeys.sign(Keys.AUTHENTICATION.privateKey(), text);
      case "device" -> SigningKeys.sign(DEVICE.privateKey(), text);
      case "device512" -> base64(signed("SHA512withRSA", device(), message));
      case "ecc" ->
          // The ASCII of hex of both numbers, as the programs with such keys send it.
          base64(
              HexFormat.of()
                  .formatHex(signed("SHA256withECDSAinP1363Format", ECC.getPrivate(), message))
                  .getBytes(StandardCharsets.US_ASCII));
      case "mldsa" -> base64(FakeCiphers.sign(MLDSA, message));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static PrivateKey device() {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(
              new PKCS8EncodedKeySpec(Base64.getDecoder().decode(DEVICE.privateKey())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signed(String algorithm, PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
