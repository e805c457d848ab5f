package org.noports.atserver.host.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.Test;

/** Ids for notifications that come without one. */
public class NotificationIdsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  public void theySortByTheTimeTheyWereMade() {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      given.add(NotificationIds.next(NOW.plusMillis(i / 4)).substring(0, 13));
    }
    List<String> sorted = new ArrayList<>(given);
    sorted.sort(null);
    assertThat(given, equalTo(sorted));
  }

  @Test
  public void noneIsGivenTwiceWithinOneMillisecond() {
    TreeSet<String> given = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      given.add(NotificationIds.next(NOW));
    }
    assertThat(given.size(), equalTo(20_000));
  }

  @Test
  public void theyAreUuidsThatSayWhenTheyWereMade() {
    UUID id = UUID.fromString(NotificationIds.next(NOW));

    assertThat(id.version(), equalTo(7));
    assertThat(id.variant(), equalTo(2));
    assertThat(id.getMostSignificantBits() >>> 16, equalTo(NOW.toEpochMilli()));
  }
}
