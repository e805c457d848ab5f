package org.noports.device;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
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
  public void whatNobodyGaveOutIsNotTaken() {
    assertFalse(nonces.accept(ALICE, "bm9ib2R5"));
  }
}
