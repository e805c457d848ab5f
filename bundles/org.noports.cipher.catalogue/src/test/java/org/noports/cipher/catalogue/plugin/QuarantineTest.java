package org.noports.cipher.catalogue.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import org.junit.Test;

/** Which revisions of a bundle are asked no more. */
public class QuarantineTest {
  private final Quarantine quarantine = new Quarantine();

  private static Origin revision(long changed) {
    return new Origin("com.example.bad", "1.0.0", changed, "test:bad", false);
  }

  @Test
  public void whatAnOlderRevisionDoesLaterLetsTheNewerOneNotOut() {
    quarantine.put(revision(2), "the newer one lied", false);
    quarantine.put(revision(1), "the older one hung", true);
    assertEquals(Optional.of("the newer one lied"), quarantine.why(revision(2)));
    assertTrue(quarantine.why(revision(1)).isPresent());
    assertFalse(quarantine.why(revision(3)).isPresent());
  }

  @Test
  public void threadsThatCameBackAreNotLost() {
    for (int lost = 0; lost < Quarantine.MOST_ABANDONED; lost++) {
      quarantine.put(revision(1), "it hung", true);
    }
    assertTrue(quarantine.why(revision(2)).isPresent());
    quarantine.returned(revision(1));
    assertFalse(quarantine.why(revision(2)).isPresent());
  }
}
