package org.noports.cipher.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** Project Wycheproof's ML-DSA-65 signatures: boundaries, forged hints, keys that are none. */
public class WycheproofTest {
  private static final Pattern FIELD =
      Pattern.compile("\"(publicKey|tcId|msg|ctx|sig|result)\": \"?([0-9a-z]*)\"?");

  private final MlDsa65 signature = new MlDsa65();

  @Test
  public void agreesOnEverySignatureWhereTheVectorsAre() throws Exception {
    Optional<Path> file = Vectors.file("wycheproof/mldsa_65_verify_test.json");
    int cases = 0;
    if (file.isPresent()) {
      // Pretty-printed, one field a line, each case closed by its result.
      Map<String, String> fields = new HashMap<>();
      for (String line : Files.readAllLines(file.get())) {
        Matcher field = FIELD.matcher(line);
        if (field.find()) {
          fields.put(field.group(1), field.group(2));
          cases += field.group(1).equals("result") ? check(fields) : 0;
        }
      }
      assertThat(cases, greaterThan(200));
    }
  }

  /** Signed with a context that is not empty, a message is another one to us. */
  private int check(Map<String, String> fields) {
    HexFormat hex = HexFormat.of();
    String key = Base64.getEncoder().encodeToString(hex.parseHex(fields.get("publicKey")));
    boolean expected =
        fields.get("result").equals("valid") && fields.getOrDefault("ctx", "").isEmpty();
    byte[] message = hex.parseHex(fields.get("msg"));
    assertEquals(
        "case " + fields.get("tcId"),
        expected,
        signature.verifies(key, message, hex.parseHex(fields.get("sig"))));
    fields.remove("ctx");
    return 1;
  }
}
