package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.identity.Fingerprint;

public final class FingerprintTest {
  private static final Fingerprint KEY = Fingerprint.ofPublicKey("AQID");

  @Test
  public void allFormsAreOfTheSameHash() {
    // sha256 of the bytes 1 2 3, by coreutils
    String hex = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
    assertThat(KEY.hex(), is(hex));
    byte[] hash = HexFormat.of().parseHex(hex);
    assertThat(
        KEY.text(), is("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash)));
  }

  @Test
  public void wordsAreThoseOfTheProposal() {
    // arXiv:0901.4016 gives 127.0.0.1 as lusab-babad
    byte[] hash = new byte[32];
    hash[0] = 127;
    hash[3] = 1;
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(hash);
    String words = new Fingerprint("SHA256:" + base64).words();
    assertThat(words, is("lusab-babad-babab-babab-babab-babab-babab-babab"));
  }

  @Test
  public void aPersonMayWriteAnyOfThem() {
    for (String written :
        new String[] {
          KEY.text(),
          KEY.text() + "=",
          KEY.hex(),
          KEY.hex().toUpperCase(java.util.Locale.ROOT),
          KEY.words(),
          KEY.words().replace('-', ' ')
        }) {
      assertThat(written, KEY.isWritten(Fingerprint.requireWritten(written)), is(true));
    }
    assertThat(KEY.isWritten(Fingerprint.ofPublicKey("AQIE").words()), is(false));
  }

  @Test
  public void aPartOfOneIsNoFingerprint() {
    for (String written : new String[] {"", "SHA256:abc", KEY.hex().substring(2), "lusab-babad"}) {
      assertThrows(
          written, IllegalArgumentException.class, () -> Fingerprint.requireWritten(written));
    }
  }
}
