package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Running;

/**
 * A device that cannot hear notices within 30 seconds and hears again within 10 seconds of the
 * recovery, whatever was in its way: with the defaults, real processes and a cable that can be cut.
 */
public class NeverDeafIT {
  @ClassRule public static final TwoPlaces PLACES = new TwoPlaces();

  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final Duration HEALED = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofSeconds(60);

  private Running log;

  @Before
  public void readTheDevicesLog() {
    log = PLACES.world().device().log();
    awaitHearing();
  }

  @After
  public void stopReading() {
    log.close();
  }

  @Test
  public void aCutCableIsNoticedAndHealedFrom() {
    long cut = System.nanoTime();
    PLACES.network().cut();
    log.awaitLine(line -> line.contains("no connection for notifications"), LATER);
    assertThat(since(cut), lessThan(NOTICED));
    // The next attempts are under way, and none gets an answer.
    log.awaitLine(line -> line.contains("directory-unavailable:"), LATER);
    long mended = System.nanoTime();
    PLACES.network().mend();
    awaitHearing();
    assertThat(since(mended), lessThan(HEALED));
    PLACES.connect().close();
  }

  private void awaitHearing() {
    log.awaitLine(line -> line.contains("has its connection for notifications"), LATER);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
