package org.noports.atserver.host.tenant;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** How long guesses wait. */
public class WrongPasscodesTest {
  @Test
  public void eachWrongPasscodeWaitsLongerUpToABound() {
    WrongPasscodes wrong = new WrongPasscodes();
    List<Long> seconds =
        Stream.generate(() -> wrong.next(Duration.ofSeconds(1)).toSeconds()).limit(12).toList();
    assertEquals(List.of(1L, 2L, 3L, 5L, 8L, 13L, 21L, 34L, 55L, 55L, 55L, 55L), seconds);
  }
}
