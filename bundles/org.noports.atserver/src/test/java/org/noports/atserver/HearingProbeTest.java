package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.toBob;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;
import org.noports.testkit.TestClock;

/** A monitor that gets nothing, and a machine whose time is not its atServer's. */
public class HearingProbeTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Rule public final TwoAtSigns two = new TwoAtSigns();

  @Test
  public void aMonitorThatGetsNothingThoughItAnswersIsReplacedAndToldWhatItMissed()
      throws Exception {
    AtServerSession bob = testing(Clock.systemUTC());
    BlockingQueue<Notification> inbox = two.inbox(bob);
    AtServerSession alice = two.session(ALICE);
    get(alice.notify(toBob("1.sshnp", "heard")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("heard"));
    two.world.mute = true;
    get(alice.notify(toBob("2.sshnp", "missed")));
    assertThat("told by the next monitor", inbox.poll(60, TimeUnit.SECONDS).value(), is("missed"));
    // It tries again and again, and says so each time.
    Eventually.holds(
        () -> !bob.connected() && health().message().contains("did not come back within 1000 ms"));
    Eventually.holds(() -> health().message().contains("Does not hear"));
    two.world.mute = false;
    Eventually.holds(() -> health().status() == Health.Status.OK);
    assertThat("nothing comes twice", inbox.poll(), nullValue());
  }

  @Test
  public void nobodyHearsTheTestItself() throws Exception {
    BlockingQueue<Notification> all = new LinkedBlockingQueue<>();
    testing(Clock.systemUTC()).subscribe(name -> true, all::add);
    two.world.await("noports-selftest.sshnp@bob");
    two.world.await("noports-selftest.sshnp@bob");
    assertThat(all.poll(), nullValue());
  }

  @Test
  public void keysThatAreEnrolledForRelaysTestInTheRelaysNamespace() throws Exception {
    two.world.script =
        line ->
            Optional.of("error:AT0009-UnAuthorized client in request : sshrvd only\n")
                .filter(no -> line.contains("noports-selftest.sshnp"));
    testing(Clock.systemUTC());
    two.world.await("noports-selftest.sshnp@bob");
    two.world.await("noports-selftest.sshrvd@bob");
    two.world.await("noports-selftest.sshrvd@bob");
    assertThat(health().status(), is(Health.Status.OK));
  }

  @Test
  public void anAtServerThatRefusesTheTestIsNotTakenForDeaf() throws Exception {
    two.world.script =
        line ->
            Optional.of("error:AT0009-UnAuthorized client in request : not yours\n")
                .filter(no -> line.contains("noports-selftest"));
    AtServerSession bob = testing(Clock.systemUTC());
    two.world.await("noports-selftest.sshnp@bob");
    two.world.await("noports-selftest.sshnp@bob");
    assertThat(bob.connected(), is(true));
    assertThat(health().status(), is(Health.Status.OK));
  }

  @Test
  public void aClockThatIsAnHourAheadIsNamedAndMakesNothingOld() throws Exception {
    AtServerSession bob = testing(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    BlockingQueue<Notification> inbox = two.inbox(bob);
    get(two.session(ALICE).notify(toBob("1.sshnp", "fresh")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).late(), is(false));
    Eventually.holds(() -> health().status() == Health.Status.DEGRADED);
    assertThat(
        health().message(),
        allOf(
            containsString("This machine's clock is "),
            containsString(" min ahead of that of the atServer of @bob")));
  }

  @Test
  public void aClockThatIsAnHourBehindIsNamedAndHidesNoAge() throws Exception {
    AtServerSession bob = testing(Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
    BlockingQueue<Notification> inbox = two.inbox(bob);
    Eventually.holds(() -> health().message().contains(" min behind that of the atServer"));
    two.world.lateMillis = 45_000;
    get(two.session(ALICE).notify(toBob("1.sshnp", "45 s old")));
    Notification old = inbox.poll(60, TimeUnit.SECONDS);
    assertThat(old.age().toSeconds() + " s", old.late(), is(true));
  }

  @Test
  public void afterASleepConnectionsMustShowThatTheyStand() throws Exception {
    TestClock clock = new TestClock(Instant.now());
    testing(clock);
    two.world.await("noports-selftest.sshnp@bob");
    clock.advance(Duration.ofHours(8));
    two.world.await("@bob> noop:0");
  }

  private AtServerSession testing(Clock clock) throws Exception {
    AtServerSettings settings =
        new AtServerSettings(
            List.of(Path.of("src/test/resources/tls/ca.pem")),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            SHORT,
            Optional.empty());
    SharedAtServers testing = two.connecting(settings, clock);
    two.alsoStop(testing);
    AtServerSession bob = get(testing.session(BOB));
    two.world.await("@bob> monitor:");
    return bob;
  }

  private Health health() {
    return two.health.get("org.noports.atserver/@bob").check();
  }
}
