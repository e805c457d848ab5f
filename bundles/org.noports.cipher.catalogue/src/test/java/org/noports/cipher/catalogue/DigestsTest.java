package org.noports.cipher.catalogue;

import static org.junit.Assert.assertEquals;

import java.util.Optional;
import org.junit.Test;
import org.noports.cipher.catalogue.plugin.Origin;

public class DigestsTest {
  private final Digests digests = new Digests();

  private static Origin origin(int number) {
    return new Origin("com.example.refused", "1.0." + number, number, "test:", false);
  }

  @Test
  public void thoseThatCameLastAreRemembered() {
    for (int i = 0; i <= Digests.MOST; i++) {
      String sum = digests.of(origin(i), Optional.of(new FakeFramework().install().bundle));
      assertEquals("entries:", sum.substring(0, 8));
    }
    assertEquals("entries:", digests.of(origin(1)).substring(0, 8));
    assertEquals("unknown", digests.of(origin(0)));
  }
}
