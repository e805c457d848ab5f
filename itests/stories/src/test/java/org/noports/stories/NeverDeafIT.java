package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.Eventually;
import org.noports.testkit.Patience;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;

/**
 * A device that cannot hear notices it and hears again soon after the recovery, whatever was in its
 * way: real processes, and a cable that can be cut. With the defaults the first takes at most 30
 * seconds and the second 10; most stories are told with shorter settings.
 */
public class NeverDeafIT {
  @ClassRule public static final TwoPlaces PLACES = new TwoPlaces();

  private static final Duration HEALED = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofSeconds(60);

  /** With these it is noticed after 2 + 3 seconds, where the defaults have 10 + 10. */
  private static final String IMPATIENT =
      "heartbeatSeconds = 2\nselfTestSeconds = 2\nanswerTimeoutSeconds = 3\n";

  private static final Duration NOTICED_IMPATIENTLY = Duration.ofSeconds(10);

  private Running log;

  @After
  public void leaveNothingCut() {
    PLACES.network().mend();
    PLACES.network().up();
    log.close();
  }

  @Test
  public void aCutCableIsNoticedAndHealedFromWithTheDefaults() {
    hearingWith("");
    long cut = System.nanoTime();
    PLACES.network().cut();
    awaitDeaf(cut, Duration.ofSeconds(30));
    // The next attempts are under way, and none gets an answer.
    log.awaitLine(line -> line.contains("atserver-retry-failed:"), LATER);
    long mended = System.nanoTime();
    PLACES.network().mend();
    awaitHearing(mended);
    PLACES.connect().close();
  }

  @Test
  public void anAtServerThatIsFrozenIsNoticedAndHealedFrom() {
    hearingWith(IMPATIENT);
    long frozen = System.nanoTime();
    PLACES.freeze();
    awaitDeaf(frozen, NOTICED_IMPATIENTLY);
    long thawed = System.nanoTime();
    PLACES.thaw();
    awaitHearing(thawed);
    PLACES.connect().close();
  }

  @Test
  public void anInterfaceThatGoesDownAndComesBackIsNoticedAtOnce() {
    hearingWith("");
    long down = System.nanoTime();
    PLACES.network().down();
    log.awaitLine(line -> line.contains("connections-tested:"), LATER);
    awaitDeaf(down, NOTICED_IMPATIENTLY);
    long up = System.nanoTime();
    PLACES.network().up();
    awaitHearing(up);
    PLACES.connect().close();
  }

  @Test
  public void aCertificateThatHasEndedIsNamedAndARequestMeanwhileIsAnsweredOnceItIsRenewed()
      throws Exception {
    hearingWith("");
    PLACES.connect().close();
    Machine device = PLACES.world().device();
    Machine infrastructure = PLACES.world().infrastructure();
    LogSince relay = new LogSince(infrastructure);
    LogSince requests = new LogSince(device);
    String atServer = PLACES.atServer();
    try (ServedCertificate certificate =
        new ServedCertificate(
            infrastructure, Network.HERE, device, PLACES.folder("certificates"))) {
      certificate.end();
      Eventually.holds(() -> !PLACES.showsAGoodCertificate(atServer));
      loseConnections();
      long lost = System.nanoTime();
      log.awaitLine(
          line ->
              line.contains("no connection for notifications")
                  && line.contains("its certificate ended at "),
          LATER);
      assertThat(after(lost), lessThan(Duration.ofSeconds(30)));
      awaitHealth(device, "its certificate ended at ");
      try (Running asking = PLACES.ask()) {
        relay.await("relay-session-opened: ");
        certificate.renew();
        awaitHearing(System.nanoTime());
        asking.awaitLine(line -> line.contains(" is at "), LATER);
      }
    }
    assertThat(requests.all("session-requested: "), hasSize(1));
  }

  /** Those that stand are not asked for a certificate again. */
  private void loseConnections() {
    PLACES.network().down();
    log.awaitLine(line -> line.contains("no connection for notifications"), LATER);
    PLACES.network().up();
  }

  @Test
  public void aDeviceBehindACableThatLosesAFifthOfAllPacketsHearsEveryRequest() {
    hearingWith("");
    PLACES.network().lose(20);
    for (int i = 0; i < 5; i++) {
      long asked = System.nanoTime();
      try (Running request = PLACES.ask()) {
        log.awaitLine(line -> line.contains("session-requested:"), LATER);
        assertThat(after(asked), lessThan(HEALED));
      }
    }
  }

  @Test
  public void aSecondDeviceOfOneNameRestsUntilTheFirstHasGone() {
    hearingWith("");
    try (Machine twin = PLACES.twin()) {
      twin.up();
      log.awaitLine(line -> line.contains("device-name-contested:"), LATER);
      try (Running twins = twin.log()) {
        String sick = twin.run("health").out();
        assertThat(sick, containsString("dev1@device runs already as process "));
        PLACES.world().device().close();
        twins.awaitLine(line -> line.contains("device-name-free:"), LATER);
        PLACES.connect().close();
      }
    }
    PLACES.world().device().up();
  }

  @Test
  public void aDeviceWhoseDiskIsFullGoesOnAndSaysWhatItCannotKeep() {
    Machine device = PLACES.world().device();
    hearingWith("");
    device.close();
    List<Path> kept =
        Stream.of("audit", "heard", "log").map(device.home().resolve("data")::resolve).toList();
    kept.forEach(PLACES.network()::smallDisk);
    try {
      device.up().awaitWell("org.noports.device/dev1");
      kept.forEach(PLACES.network()::fill);
      PLACES.connect().close();
      awaitHealth(device, "No space left on device", "cannot write down what it has heard");
      kept.forEach(PLACES.network()::clear);
      PLACES.connect().close();
      device.awaitWell("org.noports.audit").awaitWell("org.noports.atserver/@device");
    } finally {
      device.close();
      kept.forEach(PLACES.network()::wholeDisk);
      device.up();
    }
  }

  /** What is written down is written a little later than it is heard. */
  private static void awaitHealth(Machine machine, String... sentences) {
    Patience patience = new Patience(LATER, Duration.ofSeconds(5));
    String health = machine.run("health").out();
    while (!Stream.of(sentences).allMatch(health::contains) && patience.lasts()) {
      health = machine.run("health").out();
    }
    for (String sentence : sentences) {
      assertThat(health, containsString(sentence));
    }
  }

  private void hearingWith(String settings) {
    PLACES.deviceWith(settings);
    PLACES.world().device().awaitWell("org.noports.device/dev1");
    log = PLACES.world().device().log();
  }

  private void awaitDeaf(long since, Duration limit) {
    log.awaitLine(line -> line.contains("no connection for notifications"), LATER);
    assertThat(after(since), lessThan(limit));
  }

  private void awaitHearing(long since) {
    log.awaitLine(line -> line.contains("has its connection for notifications"), LATER);
    assertThat(after(since), lessThan(HEALED));
  }

  private static Duration after(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
