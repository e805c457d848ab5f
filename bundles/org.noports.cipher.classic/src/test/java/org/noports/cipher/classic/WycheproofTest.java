package org.noports.cipher.classic;

import static org.junit.Assert.assertEquals;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;

/** Project Wycheproof's RSA signatures, forged in the ways that have fooled verifiers before. */
public class WycheproofTest {
  private final Rsa2048Sha256 signature = new Rsa2048Sha256();

  @Test
  public void agreesOnEverySignatureWhereTheVectorsAre() throws Exception {
    String file = "wycheproof/rsa_signature_2048_sha256_test.json";
    List<Map<String, String>> cases = Wycheproof.cases(file);
    for (Map<String, String> fields : cases) {
      check(fields);
    }
    assertEquals(Vectors.file(file).isPresent(), cases.size() > 200);
  }

  private void check(Map<String, String> fields) throws Exception {
    HexFormat hex = HexFormat.of();
    String key = Base64.getEncoder().encodeToString(hex.parseHex(fields.get("publicKeyDer")));
    boolean verified =
        signature.verifies(key, hex.parseHex(fields.get("msg")), hex.parseHex(fields.get("sig")));
    if (!fields.get("result").equals("acceptable")) {
      assertEquals("case " + fields.get("tcId"), fields.get("result").equals("valid"), verified);
    }
  }
}
