package org.noports.cipher.pq;

import static org.junit.Assert.assertEquals;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;

/** Project Wycheproof's ML-DSA-65 signatures: boundaries, forged hints, keys that are none. */
public class WycheproofTest {
  private final MlDsa65 signature = new MlDsa65();

  @Test
  public void agreesOnEverySignatureWhereTheVectorsAre() throws Exception {
    String file = "wycheproof/mldsa_65_verify_test.json";
    List<Map<String, String>> cases = Wycheproof.cases(file);
    cases.forEach(this::check);
    assertEquals(Vectors.file(file).isPresent(), cases.size() > 200);
  }

  /** Signed with a context that is not empty, a message is another one to us. */
  private void check(Map<String, String> fields) {
    HexFormat hex = HexFormat.of();
    String key = Base64.getEncoder().encodeToString(hex.parseHex(fields.get("publicKey")));
    boolean expected =
        fields.get("result").equals("valid") && fields.getOrDefault("ctx", "").isEmpty();
    byte[] message = hex.parseHex(fields.get("msg"));
    assertEquals(
        "case " + fields.get("tcId"),
        expected,
        signature.verifies(key, message, hex.parseHex(fields.get("sig"))));
  }
}
