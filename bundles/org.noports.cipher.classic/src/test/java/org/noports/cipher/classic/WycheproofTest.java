package org.noports.cipher.classic;

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

/** Project Wycheproof's RSA signatures, forged in the ways that have fooled verifiers before. */
public class WycheproofTest {
  private static final Pattern FIELD =
      Pattern.compile("\"(publicKeyDer|tcId|msg|sig|result)\": \"?([0-9a-z]*)\"?");

  private final Rsa2048Sha256 signature = new Rsa2048Sha256();

  @Test
  public void agreesOnEverySignatureWhereTheVectorsAre() throws Exception {
    Optional<Path> file = Vectors.file("wycheproof/rsa_signature_2048_sha256_test.json");
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

  private int check(Map<String, String> fields) throws Exception {
    HexFormat hex = HexFormat.of();
    String key = Base64.getEncoder().encodeToString(hex.parseHex(fields.get("publicKeyDer")));
    boolean verified =
        signature.verifies(key, hex.parseHex(fields.get("msg")), hex.parseHex(fields.get("sig")));
    if (!fields.get("result").equals("acceptable")) {
      assertEquals("case " + fields.get("tcId"), fields.get("result").equals("valid"), verified);
    }
    return 1;
  }
}
