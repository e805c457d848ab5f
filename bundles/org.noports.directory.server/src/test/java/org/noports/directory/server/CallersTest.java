package org.noports.directory.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Test;
import org.noports.directory.server.Visit.Outcome;

/** What one client address may do, by the clock of the test. */
public class CallersTest {
  private static final int REMEMBERED = 16;
  private static final Settings SETTINGS =
      new Settings(
          "127.0.0.1",
          0,
          Path.of("c"),
          Path.of("k"),
          false,
          Path.of("r"),
          1000,
          3600,
          3000,
          new CallerLimits(100, 5, 60, 10, REMEMBERED));

  private long clock;
  private final Callers callers = new Callers(() -> SETTINGS, () -> clock);

  @Test
  public void aBudgetOfUnknownNamesIsUsedUpAndComesBackWithTime() throws Exception {
    Visit visit = callers.arrive(address("192.0.2.1"));
    for (int i = 0; i < 5; i++) {
      assertThat(visit.miss(), is(true));
    }
    assertThat(visit.miss(), is(false));
    pass(Duration.ofMillis(1100));
    assertThat(visit.miss(), is(true));
    assertThat(visit.miss(), is(false));
  }

  @Test
  public void aNewConnectionDoesNotBringANewBudget() throws Exception {
    exhaust("192.0.2.1");
    Visit next = callers.arrive(address("192.0.2.1"));
    assertThat(next.miss(), is(false));
  }

  @Test
  public void anotherAddressIsNotPunished() throws Exception {
    exhaust("192.0.2.1");
    assertThat(callers.arrive(address("192.0.2.2")).miss(), is(true));
    assertThat(callers.keptOff(), containsString("1 guesses slowed down"));
  }

  @Test
  public void aNetworkOf64BitsIsOneClientAndTheNextIsAnother() throws Exception {
    exhaust("2001:db8:0:1::1");
    assertThat(callers.arrive(address("2001:db8:0:1:ffff::2")).miss(), is(false));
    assertThat(callers.arrive(address("2001:db8:0:2::1")).miss(), is(true));
    assertThat(address("0.0.0.1"), is(not(address("::1"))));
  }

  @Test
  public void underGuardPromptsComeAtTheirPaceAndWhatWouldWaitTooLongIsTurnedAway()
      throws Exception {
    exhaust("192.0.2.1");
    int greeted = 0;
    for (int i = 0; i < 100; i++) {
      Visit visit = callers.arrive(address("192.0.2.1"));
      assertThat(Duration.ofNanos(visit.waitNanos()).toMillis(), is(lessThanOrEqualTo(3000L)));
      greeted += visit.outcome() == Outcome.GREETED ? 1 : 0;
      visit.end();
    }
    assertThat("ten a second for three seconds, and one at once", greeted, is(31));
    assertThat(callers.keptOff(), containsString("69 connections were turned away"));
    pass(Duration.ofSeconds(3));
    assertThat(callers.arrive(address("192.0.2.1")).outcome(), is(Outcome.GREETED));
  }

  @Test
  public void withBudgetNobodyWaitsForThePrompt() throws Exception {
    for (int i = 0; i < 100; i++) {
      Visit visit = callers.arrive(address("192.0.2.1"));
      assertThat(visit.outcome(), is(Outcome.GREETED));
      assertThat(visit.waitNanos(), is(0L));
    }
    assertThat(callers.arrive(address("192.0.2.1")).outcome(), is(Outcome.TURNED_AWAY));
    assertThat(callers.arrive(address("192.0.2.2")).outcome(), is(Outcome.GREETED));
  }

  @Test
  public void whoHasNotFinishedTheHandshakeTakesAPlaceUntilItIsGoneOrServed() throws Exception {
    Runnable first = callers.enter(address("192.0.2.1")).orElseThrow();
    for (int i = 1; i < 100; i++) {
      assertThat(callers.enter(address("192.0.2.1")).isPresent(), is(true));
    }
    assertThat(callers.enter(address("192.0.2.1")).isPresent(), is(false));
    assertThat(callers.keptOff(), containsString("1 connections were turned away"));
    assertThat(callers.enter(address("192.0.2.2")).isPresent(), is(true));
    first.run();
    assertThat(callers.arrive(address("192.0.2.1")).outcome(), is(Outcome.GREETED));
    assertThat(callers.enter(address("192.0.2.1")).isPresent(), is(false));
  }

  @Test
  public void memoryForAddressesIsBoundedAndTheOldestIsForgotten() throws Exception {
    for (int i = 0; i < 1000; i++) {
      Visit visit = callers.arrive(new ClientAddress(i, true));
      visit.miss();
      visit.end();
    }
    assertThat(callers.held(), is(REMEMBERED));
  }

  @Test
  public void whoMissedNothingIsNotRemembered() throws Exception {
    callers.arrive(address("192.0.2.1")).end();
    Visit guessing = callers.arrive(address("192.0.2.2"));
    guessing.miss();
    pass(Duration.ofSeconds(2));
    guessing.end();
    assertThat(callers.held(), is(0));
  }

  private void exhaust(String address) throws Exception {
    Visit visit = callers.arrive(address(address));
    for (int i = 0; i < SETTINGS.callers().missesAtOnce(); i++) {
      visit.miss();
    }
    assertThat(visit.miss(), is(false));
    visit.end();
  }

  private void pass(Duration time) {
    clock += time.toNanos();
  }

  private static ClientAddress address(String literal) throws Exception {
    return ClientAddress.of(InetAddress.getByName(literal));
  }
}
