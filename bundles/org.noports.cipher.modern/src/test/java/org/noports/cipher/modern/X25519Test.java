package org.noports.cipher.modern;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;
import org.noports.testkit.cipher.KeyAgreementContract;

/** X25519 against RFC 7748. */
public class X25519Test extends KeyAgreementContract {
  private static final HexFormat HEX = HexFormat.of();
  private static final String WYCHEPROOF = "wycheproof/x25519_test.json";

  /** Points of small order, with and without the bit that is ignored. */
  private static final List<String> NO_SECRETS =
      List.of(
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "00".repeat(31) + "80");

  @Override
  protected KeyAgreement agreement() {
    return new X25519();
  }

  private static String agree(String scalar, String point) throws Exception {
    PrivateKey key =
        KeyFactory.getInstance("X25519", JdkEngine.CURVES)
            .generatePrivate(
                new XECPrivateKeySpec(NamedParameterSpec.X25519, HEX.parseHex(scalar)));
    return HEX.formatHex(X25519.agree(key, X25519.read(HEX.parseHex(point))).exposeSecretBytes());
  }

  @Test
  public void agreesAsTheRfcDoes() throws Exception {
    assertEquals(
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        agree(
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
  }

  /** RFC 7748 5.2: each result is the next scalar, each scalar the next point. */
  @Test
  public void agreesAThousandTimesAsTheRfcDoes() throws Exception {
    String scalar = "09" + "00".repeat(31);
    String point = scalar;
    for (int i = 0; i < 1000; i++) {
      String next = agree(scalar, point);
      point = scalar;
      scalar = next;
    }
    assertEquals("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", scalar);
  }

  @Test
  public void refusesPointsThatGiveNoSecretAtBothEnds() throws Exception {
    for (String point : NO_SECRETS) {
      byte[] bytes = HEX.parseHex(point);
      assertThrows(point, ProtocolViolation.class, () -> agreement().encapsulate(bytes));
      assertThrows(point, ProtocolViolation.class, () -> agreement().generate().open(bytes));
    }
  }

  @Test
  public void agreesWithWycheproofWhereItIs() throws Exception {
    int cases = 0;
    for (Map<String, String> fields : Wycheproof.cases(WYCHEPROOF)) {
      String shared = fields.get("shared");
      String scalar = fields.get("private");
      String point = fields.get("public");
      if (shared.equals("00".repeat(32))) {
        assertThrows("case", ProtocolViolation.class, () -> agree(scalar, point));
      } else {
        assertEquals("case " + fields.get("tcId"), shared, agree(scalar, point));
      }
      cases++;
    }
    if (Vectors.file(WYCHEPROOF).isPresent()) {
      assertThat(cases, greaterThan(500));
    }
  }
}
