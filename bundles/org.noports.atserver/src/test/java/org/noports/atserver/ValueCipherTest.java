package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.Secret;

public class ValueCipherTest {
  private static final Secret KEY = Secret.owning(new byte[32]);

  @Test
  public void whatWasSealedOpensAtEveryLengthAroundABlock() throws Exception {
    for (int length = 0; length < 50; length++) {
      String clear = "é".repeat(length);
      ValueCipher.Sealed sealed = ValueCipher.seal(KEY, clear);
      assertThat(ValueCipher.open(KEY, sealed.text(), Optional.of(sealed.ivNonce())), is(clear));
    }
  }

  /** AES-256 of the zero block under the zero key is dc95c078a2408989ad48a21492842087. */
  @Test
  public void withoutANonceTheCounterStartsAtZero() throws Exception {
    byte[] stream = java.util.HexFormat.of().parseHex("dc95c078a2408989ad48a21492842087");
    byte[] sealed = new byte[16];
    for (int i = 0; i < 16; i++) {
      sealed[i] = (byte) (stream[i] ^ (i < 5 ? "hello".charAt(i) : 11));
    }
    String text = Base64.getEncoder().encodeToString(sealed);
    assertThat(ValueCipher.open(KEY, text, Optional.empty()), is("hello"));
  }

  @Test
  public void noTwoSealsAreAlike() {
    ValueCipher.Sealed one = ValueCipher.seal(KEY, "x");
    ValueCipher.Sealed two = ValueCipher.seal(KEY, "x");
    assertThat(one.ivNonce(), not(two.ivNonce()));
    assertThat(one.text(), not(two.text()));
  }

  @Test
  public void whatCannotBeOpenedIsRefusedWithoutShowingIt() {
    for (String wrong : new String[] {"", "no base64!", "AAAA"}) {
      assertThrows(
          GeneralSecurityException.class, () -> ValueCipher.open(KEY, wrong, Optional.empty()));
    }
    String message =
        assertThrows(
                GeneralSecurityException.class,
                () -> ValueCipher.open(KEY, "AAAA", Optional.of("AAAA")))
            .getMessage();
    assertThat(message, containsString("ivNonce has 3 bytes"));
  }
}
