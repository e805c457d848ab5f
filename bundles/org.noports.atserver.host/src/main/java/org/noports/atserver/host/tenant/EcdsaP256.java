package org.noports.atserver.host.tenant;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * ECDSA on P-256 as programs with keys in secure elements use it (docs/protocol/atprotocol.md 3.3):
 * keys are hex of a point, compressed or not; signatures are base64 of hex of both numbers.
 */
public final class EcdsaP256 {
  private static final int NUMBER = 32;
  private static final ECParameterSpec CURVE = curve();

  private EcdsaP256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no P-256", e);
    }
  }

  /**
   * Whether {@code signature} over {@code text} was made with the private half of {@code
   * publicKey}. Text that is no key or no signature verifies as false. Takes up to 1 ms.
   *
   * @param hash {@code sha256} or {@code sha512}
   */
  public static boolean verifies(String publicKey, String hash, String text, String signature) {
    try {
      Signature check =
          Signature.getInstance(
              (hash.equals("sha512") ? "SHA512" : "SHA256") + "withECDSAinP1363Format");
      check.initVerify(key(publicKey));
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(numbers(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] numbers(String signature) {
    byte[] decoded = Base64.getDecoder().decode(signature.trim());
    return decoded.length == 2 * NUMBER
        ? decoded
        : HexFormat.of().parseHex(new String(decoded, StandardCharsets.US_ASCII));
  }

  private static ECPublicKey key(String hex) throws GeneralSecurityException {
    byte[] encoded = HexFormat.of().parseHex(hex.trim());
    BigInteger x = number(encoded, 1);
    BigInteger y =
        switch (encoded.length == 0 ? 0 : encoded[0]) {
          case 2, 3 -> withParity(x, encoded[0] == 3);
          case 4 -> number(encoded, 1 + NUMBER);
          default -> throw new IllegalArgumentException("not a point");
        };
    if (encoded.length != 1 + (encoded[0] == 4 ? 2 : 1) * NUMBER
        || x.compareTo(prime()) >= 0
        || !y.multiply(y).mod(prime()).equals(right(x))) {
      throw new IllegalArgumentException("not on the curve");
    }
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
  }

  private static BigInteger number(byte[] encoded, int at) {
    return new BigInteger(1, Arrays.copyOfRange(encoded, at, at + NUMBER));
  }

  private static BigInteger prime() {
    return ((ECFieldFp) CURVE.getCurve().getField()).getP();
  }

  /** The right side of the curve's equation. */
  private static BigInteger right(BigInteger x) {
    return x.pow(3)
        .add(CURVE.getCurve().getA().multiply(x))
        .add(CURVE.getCurve().getB())
        .mod(prime());
  }

  /** The prime leaves 3 when divided by 4, so a square root is one power. */
  private static BigInteger withParity(BigInteger x, boolean odd) {
    BigInteger root = right(x).modPow(prime().add(BigInteger.ONE).shiftRight(2), prime());
    return root.testBit(0) == odd ? root : prime().subtract(root);
  }
}
