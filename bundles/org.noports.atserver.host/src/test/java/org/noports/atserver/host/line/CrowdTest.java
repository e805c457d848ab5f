package org.noports.atserver.host.line;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

/** The reference's examples, in its own numbers (atprotocol.md 2.4). */
public class CrowdTest {
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration USUAL = Duration.ofSeconds(605);

  @Test
  public void upToHalfOfThePlacesNobodyIsHurried() {
    assertEquals(USUAL, new Crowd(25, 50).silence(LEAST, USUAL));
    assertFalse(new Crowd(25, 50).presses());
  }

  @Test
  public void thenTheAllowanceShrinksInProportion() {
    assertEquals(Duration.ofSeconds(245), new Crowd(40, 50).silence(LEAST, USUAL));
    assertEquals(Duration.ofSeconds(29), new Crowd(49, 50).silence(LEAST, USUAL));
  }

  @Test
  public void withAllPlacesTakenTheLeastIsLeft() {
    assertEquals(LEAST, new Crowd(50, 50).silence(LEAST, USUAL));
    assertEquals(LEAST, new Crowd(60, 50).silence(LEAST, USUAL));
    assertTrue(new Crowd(50, 50).full());
  }

  @Test
  public void whatIsLessThanTheLeastStays() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(second, new Crowd(50, 50).silence(LEAST, second));
  }
}
