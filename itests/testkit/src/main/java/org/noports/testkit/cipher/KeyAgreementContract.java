package org.noports.testkit.cipher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;

/** What each {@link KeyAgreement} must keep to. */
public abstract class KeyAgreementContract {
  protected abstract KeyAgreement agreement();

  @Test
  public void givesBothEndsTheSameSecret() throws Exception {
    try (KeyShare share = agreement().generate();
        Encapsulation made = agreement().encapsulate(share.publicKey())) {
      byte[] opened = share.open(made.bytes()).exposeSecretBytes();
      assertArrayEquals(made.secret().exposeSecretBytes(), opened);
      assertThat(opened.length, greaterThanOrEqualTo(32));
    }
  }

  @Test
  public void givesAnotherSecretEachTime() throws Exception {
    try (KeyShare one = agreement().generate();
        KeyShare other = agreement().generate();
        Encapsulation first = agreement().encapsulate(one.publicKey());
        Encapsulation second = agreement().encapsulate(one.publicKey())) {
      assertThat(one.publicKey(), not(equalTo(other.publicKey())));
      assertThat(first.bytes(), not(equalTo(second.bytes())));
      assertThat(
          first.secret().exposeSecretBytes(), not(equalTo(second.secret().exposeSecretBytes())));
    }
  }

  @Test
  public void aShareServesOnce() throws Exception {
    KeyShare share = agreement().generate();
    byte[] made = agreement().encapsulate(share.publicKey()).bytes();
    share.open(made);
    assertThrows(IllegalStateException.class, () -> share.open(made));
  }

  @Test
  public void aShareServesOnceAlsoWhenWhatCameWasNothing() throws Exception {
    KeyShare share = agreement().generate();
    byte[] made = agreement().encapsulate(share.publicKey()).bytes();
    assertThrows(ProtocolViolation.class, () -> share.open(new byte[1]));
    assertThrows(IllegalStateException.class, () -> share.open(made));
  }

  @Test
  public void aClosedShareOpensNothing() throws Exception {
    KeyShare share = agreement().generate();
    byte[] made = agreement().encapsulate(share.publicKey()).bytes();
    share.close();
    share.close();
    assertThrows(IllegalStateException.class, () -> share.open(made));
  }

  @Test
  public void refusesKeysAndEncapsulationsOfAnotherLength() throws Exception {
    KeyShare share = agreement().generate();
    byte[] key = share.publicKey();
    byte[] made = agreement().encapsulate(key).bytes();
    for (int length : new int[] {0, key.length - 1, key.length + 1}) {
      byte[] other = Arrays.copyOf(key, length);
      assertThrows(ProtocolViolation.class, () -> agreement().encapsulate(other));
    }
    for (int length : new int[] {0, made.length - 1, made.length + 1}) {
      byte[] other = Arrays.copyOf(made, length);
      KeyShare fresh = agreement().generate();
      assertThrows(ProtocolViolation.class, () -> fresh.open(other));
    }
  }
}
