package org.noports.cipher.modern;

import static org.junit.Assert.assertEquals;

import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.testkit.cipher.KeyDerivationContract;

/**
 * HKDF-SHA-384: RFC 5869 has no case of it, so its first and third are here as computed by Python's
 * own HMAC, and HMAC is held against RFC 4231.
 */
public class HkdfSha384Test extends KeyDerivationContract {
  private static final HexFormat HEX = HexFormat.of();

  @Override
  protected KeyDerivation derivation() {
    return new HkdfSha384();
  }

  private static void check(String ikm, String salt, String info, String prk, String okm)
      throws Exception {
    HkdfSha384 hkdf = new HkdfSha384();
    Secret extracted = hkdf.extract(HEX.parseHex(salt), Secret.owning(HEX.parseHex(ikm)));
    assertEquals(prk, HEX.formatHex(extracted.exposeSecretBytes()));
    Secret expanded = hkdf.expand(extracted, HEX.parseHex(info), okm.length() / 2);
    assertEquals(okm, HEX.formatHex(expanded.exposeSecretBytes()));
  }

  @Test
  public void derivesAsAnotherImplementationDoes() throws Exception {
    check(
        "0b".repeat(22),
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "704b39990779ce1dc548052c7dc39f303570dd13fb39f7acc564680bef80e8de"
            + "c70ee9a7e1f3e293ef68eceb072a5ade",
        "9b5097a86038b805309076a44b3a9f38063e25b516dcbf369f394cfab43685f748b6457763e4f0204fc5");
    check(
        "0b".repeat(22),
        "",
        "",
        "10e40cf072a4c5626e43dd22c1cf727d4bb140975c9ad0cbc8e45b40068f8f0b"
            + "a57cdb598af9dfa6963a96899af047e5",
        "c8c96e710f89b0d7990bca68bcdec8cf854062e54c73a7abc743fade9b242daacc1cea5670415b52849c97c4"
            + "e787c1f2130fdaaed2efee2fd43ab373b705464ffbc36e70ca2a61a5ebf44d1bf8217df59cbe");
  }

  /** RFC 4231, test case 1. */
  @Test
  public void authenticatesAsTheRfcDoes() throws Exception {
    byte[] code =
        new HkdfSha384()
            .authenticate(Secret.owning(HEX.parseHex("0b".repeat(20))), "Hi There".getBytes());
    assertEquals(
        "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
            + "faea9ea9076ede7f4af152e8b2fa9cb6",
        HEX.formatHex(code));
  }

  /** FIPS 180-4's example, also of NIST. */
  @Test
  public void hashesAsTheStandardDoes() throws Exception {
    assertEquals(
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            + "8086072ba1e7cc2358baeca134c825a7",
        HEX.formatHex(new HkdfSha384().hash("abc".getBytes())));
  }
}
