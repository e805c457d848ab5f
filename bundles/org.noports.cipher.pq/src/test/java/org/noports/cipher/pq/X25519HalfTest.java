package org.noports.cipher.pq;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;

/** The classical half of X-Wing by itself, against RFC 7748 and Project Wycheproof. */
public class X25519HalfTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String WYCHEPROOF = "wycheproof/x25519_test.json";
  private static final String BASE = "09" + "00".repeat(31);

  private static String agree(String scalar, String point) throws ProtocolViolation {
    return HEX.formatHex(X25519Half.agree(HEX.parseHex(scalar), HEX.parseHex(point)));
  }

  /** RFC 7748 5.2: each result is the next scalar, each scalar the next point. */
  @Test
  public void agreesAThousandTimesAsTheRfcDoes() throws Exception {
    String scalar = BASE;
    String point = BASE;
    for (int i = 0; i < 1000; i++) {
      String next = agree(scalar, point);
      point = scalar;
      scalar = next;
    }
    assertEquals("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", scalar);
  }

  /** RFC 7748 6.1. */
  @Test
  public void makesThePublicKeyOfTheRfc() {
    assertEquals(
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        made("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
  }

  private static String made(String scalar) {
    return HEX.formatHex(X25519Half.publicKey(HEX.parseHex(scalar)));
  }

  @Test
  public void aPublicKeyIsWhatTheBasePointGives() throws Exception {
    for (int i = 0; i < 50; i++) {
      String scalar = HEX.toHexDigits((byte) (7 * i)).repeat(32);
      assertEquals(agree(scalar, BASE), made(scalar));
    }
  }

  @Test
  public void agreesWithWycheproofWhereItIs() throws Exception {
    List<Map<String, String>> cases = Wycheproof.cases(WYCHEPROOF);
    for (Map<String, String> fields : cases) {
      String shared = fields.get("shared");
      String scalar = fields.get("private");
      String point = fields.get("public");
      if (shared.equals("00".repeat(32))) {
        assertThrows("case", ProtocolViolation.class, () -> agree(scalar, point));
      } else {
        assertEquals("case " + fields.get("tcId"), shared, agree(scalar, point));
      }
    }
    assertEquals(Vectors.file(WYCHEPROOF).isPresent(), cases.size() > 500);
  }
}
