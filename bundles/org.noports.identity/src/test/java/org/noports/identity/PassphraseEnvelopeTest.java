package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.LockedKeys;

/**
 * Envelopes that the atPlatform's own program wrote (published in the tests of its package
 * at_auth), and one by the reference implementation of Argon2.
 */
public class PassphraseEnvelopeTest {
  private static final String INSIDE = "{\"aesPkamPublicKey\":\"abc\",\"x\":1}";

  @Test
  public void anEnvelopeOfTheOldFormOpens() throws Exception {
    String envelope =
        "{\"content\":\"YuP+RgHL2zFSwMUgLlDY9xFdmIZsFZ1jd6xDetH15DURPbRmE1pYociakFgWpsr3\","
            + "\"iv\":\"vnw2SVssTWrIwibp2NvUVw==\",\"hashingAlgoType\":\"argon2id\"}";
    assertThat(opened(envelope, "plain-ascii"), is(INSIDE));
    assertThrows(GeneralSecurityException.class, () -> opened(envelope, "plain-asciI"));
    assertThat(LockedKeys.find(envelope).orElseThrow().toText(), is(envelope));
  }

  @Test
  public void itsSaltIsThePassphrasesUtf16Units() throws Exception {
    String envelope =
        "{\"content\":\"nvu64grwzBfdp5iGdA83QHvcqXlL9rmpQ8A0V7jc/iztFlbTJG4A/ygpXqxo9Sjl\","
            + "\"iv\":\"Wn8W314zbPbZEQAU2RuG+g==\",\"hashingAlgoType\":\"argon2id\"}";
    assertThat(opened(envelope, "passw\u00f6rd-\u2603"), is(INSIDE));
  }

  /** Made with the programs argon2 (of Argon2's authors) and openssl. */
  @Test
  public void anEnvelopeWithSaltAndCostsOpens() throws Exception {
    String envelope =
        "{\"v\":1,\"content\":\"WXcLkrEEmccttEkzIJiz+wo6Lv3D+g6fkzgphIbwTfEGL1WTyIig/OUMHJx3rLJy\","
            + "\"iv\":\"AAECAwQFBgcICQoLDA0ODw==\",\"hashingAlgoType\":\"argon2id\","
            + "\"salt\":\"MDEyMzQ1Njc4OWFiY2RlZg==\","
            + "\"kdfParams\":{\"memory\":19456,\"iterations\":2,\"parallelism\":1}}";
    assertThat(opened(envelope, "a long passphrase of ours"), is(INSIDE));
    assertThat(LockedKeys.find(envelope).orElseThrow().toText(), is(envelope));
    String dearer = envelope.replace("19456", "20000");
    assertThrows(GeneralSecurityException.class, () -> opened(dearer, "a long passphrase of ours"));
  }

  @Test
  public void whatWeLockOpensAgain() throws Exception {
    try (Secret clear = secret(INSIDE);
        Secret passphrase = secret("gr\u00fcn und lang")) {
      String envelope = PassphraseEnvelope.lock(clear, passphrase).toText();
      assertThat(opened(envelope, "gr\u00fcn und lang"), is(INSIDE));
    }
  }

  private static String opened(String envelope, String passphrase) throws Exception {
    try (Secret secret = secret(passphrase);
        Secret text = PassphraseEnvelope.unlock(LockedKeys.find(envelope).orElseThrow(), secret)) {
      return new String(text.exposeSecretBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Secret secret(String text) {
    return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
  }
}
