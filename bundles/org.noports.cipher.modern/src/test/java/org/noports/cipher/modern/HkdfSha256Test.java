package org.noports.cipher.modern;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;

import java.util.HexFormat;
import java.util.Map;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;
import org.noports.testkit.cipher.KeyDerivationContract;

/** HKDF-SHA-256 against RFC 5869 and RFC 4231. */
public class HkdfSha256Test extends KeyDerivationContract {
  private static final HexFormat HEX = HexFormat.of();
  private static final String WYCHEPROOF = "wycheproof/hkdf_sha256_test.json";

  @Override
  protected KeyDerivation derivation() {
    return new HkdfSha256();
  }

  private static void check(String ikm, String salt, String info, String prk, String okm)
      throws Exception {
    HkdfSha256 hkdf = new HkdfSha256();
    Secret extracted = hkdf.extract(HEX.parseHex(salt), Secret.owning(HEX.parseHex(ikm)));
    if (!prk.isEmpty()) {
      assertEquals(prk, HEX.formatHex(extracted.exposeSecretBytes()));
    }
    Secret expanded = hkdf.expand(extracted, HEX.parseHex(info), okm.length() / 2);
    assertEquals(okm, HEX.formatHex(expanded.exposeSecretBytes()));
  }

  @Test
  public void derivesAsTheRfcDoes() throws Exception {
    check(
        "0b".repeat(22),
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    check(
        "0b".repeat(22),
        "",
        "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  /** RFC 4231, test case 1. */
  @Test
  public void authenticatesAsTheRfcDoes() throws Exception {
    byte[] code =
        new HkdfSha256()
            .authenticate(Secret.owning(HEX.parseHex("0b".repeat(20))), "Hi There".getBytes());
    assertEquals(
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", HEX.formatHex(code));
  }

  @Test
  public void agreesWithWycheproofWhereItIs() throws Exception {
    int cases = 0;
    for (Map<String, String> fields : Wycheproof.cases(WYCHEPROOF)) {
      if (fields.get("result").equals("valid")) {
        check(fields.get("ikm"), fields.get("salt"), fields.get("info"), "", fields.get("okm"));
        cases++;
      }
    }
    if (Vectors.file(WYCHEPROOF).isPresent()) {
      assertThat(cases, greaterThan(60));
    }
  }
}
