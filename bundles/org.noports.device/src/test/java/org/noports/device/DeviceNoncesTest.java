package org.noports.device;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.Test;
import org.noports.api.AtSign;

public class DeviceNoncesTest {
  private static final AtSign ALICE = AtSign.of("@alice");

  private Instant now = Instant.EPOCH;
  private final DeviceNonces nonces = new DeviceNonces(() -> now);

  @Test
  public void twoProcessesOfOneClientMayHaveHeardTheSameAnswer() {
    String heardByBoth = nonces.issue(ALICE);
    assertTrue(nonces.accept(ALICE, heardByBoth));
    assertTrue(nonces.accept(ALICE, heardByBoth));
  }

  @Test
  public void anotherClientsNonceIsNotTaken() {
    assertFalse(nonces.accept(AtSign.of("@mallory"), nonces.issue(ALICE)));
  }

  @Test
  public void aNonceServesForAMinute() {
    String nonce = nonces.issue(ALICE);
    now = now.plus(DeviceNonces.LIFE);
    assertTrue(nonces.accept(ALICE, nonce));
    now = now.plus(Duration.ofMillis(1));
    assertFalse(nonces.accept(ALICE, nonce));
  }

  @Test
  public void whoeverPingsWithoutEndTakesNobodyElsesAway() {
    String hers = nonces.issue(ALICE);
    for (int i = 0; i < 20_000; i++) {
      nonces.issue(AtSign.of("@mallory"));
    }
    assertTrue(nonces.accept(ALICE, hers));
  }

  @Test
  public void aClockThatIsSetBackALittleTakesNoneAway() {
    String nonce = nonces.issue(ALICE);
    now = now.minus(DeviceNonces.LIFE);
    assertTrue(nonces.accept(ALICE, nonce));
    now = now.minus(Duration.ofMillis(1));
    assertFalse(nonces.accept(ALICE, nonce));
  }

  @Test
  public void whatNobodyGaveOutIsNotTaken() {
    byte[] changed = Base64.getDecoder().decode(nonces.issue(ALICE));
    for (int at = 0; at < changed.length; at++) {
      changed[at] ^= 1;
      assertFalse(nonces.accept(ALICE, Base64.getEncoder().encodeToString(changed)));
      changed[at] ^= 1;
    }
    assertTrue(nonces.accept(ALICE, Base64.getEncoder().encodeToString(changed)));
    assertFalse(nonces.accept(ALICE, "bm9ib2R5"));
    assertFalse(nonces.accept(ALICE, "not base64"));
  }

  @Test
  public void anotherRunAcceptsNoneOfBefore() {
    assertFalse(new DeviceNonces(() -> now).accept(ALICE, nonces.issue(ALICE)));
  }
}
