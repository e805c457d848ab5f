package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import org.junit.Test;

public class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  public void theFirstRetryComesAtOnceAndTheOthersEverLater() {
    assertThat(backoff.next(), is(Duration.ZERO));
    long full = 250;
    for (int i = 0; i < 40; i++) {
      long millis = backoff.next().toMillis();
      assertThat(millis, greaterThanOrEqualTo(full / 2));
      assertThat(millis, lessThanOrEqualTo(full));
      full = Math.min(4_000, full * 2);
    }
  }

  @Test
  public void onlyAConnectionThatLastedStartsItAgain() {
    backoff.next();
    backoff.ended(Duration.ofSeconds(1));
    assertThat(backoff.next().toMillis(), greaterThanOrEqualTo(125L));
    backoff.ended(Duration.ofSeconds(60));
    assertThat(backoff.next(), is(Duration.ZERO));
  }
}
