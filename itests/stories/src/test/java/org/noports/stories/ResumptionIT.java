package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/**
 * Connections that go on while the relays under them die (docs/protocol/np2.md 9), or while what
 * they need stands still; and a relay that hears nobody for a while.
 */
public class ResumptionIT {
  @ClassRule public static final TwoRelays WORLD = new TwoRelays();

  private static final long SIZE = 1_000_000_000;
  private static final long STEP = 100_000_000;

  /** 50 MB/s. */
  private static final int KILOBITS = 400_000;

  /** Of nine steps, those in which the other relay dies as well, while a resume is under way. */
  private static final int BEFORE_IT_ANSWERS = 3;

  private static final int BEFORE_THE_DEVICE_COMES = 6;

  /** Takes more than all buffers on the way hold, so that it is under way at each stop. */
  private static final long MODEST_STEP = 25_000_000;

  /** 12.5 MB/s. */
  private static final int MODEST_KILOBITS = 100_000;

  private static final Duration STILL = Duration.ofSeconds(20);
  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final Duration HEALED = Duration.ofSeconds(10);
  private static final Pattern SESSION = Pattern.compile("\"session\":\"([^\"]+)\"");
  private static final Pattern RELAY = Pattern.compile("\"relay\":\"(@[a-z]+)\"");

  @Test
  public void aCopyGoesOnWhileTheRelayThatCarriesItIsKilledAgainAndAgain() throws Exception {
    Path from = WORLD.file("sent");
    Path to = WORLD.file("received");
    String hash = LargeFile.write(from, SIZE);
    Set<String> connections = new LinkedHashSet<>();
    int kills = 0;
    try (Running connect = WORLD.connect()) {
      int port = TwoRelays.port(connect);
      String session = found(SESSION, WORLD.sessions());
      String carrier = TwoRelays.FIRST;
      try (Running scp = WORLD.sshd().scp(port, from, to, KILOBITS);
          Growth copy = new Growth(to)) {
        for (int step = 1; step * STEP < SIZE; step++) {
          copy.await(step * STEP);
          connections.addAll(connectionsTo(port));
          LogSince client = new LogSince(WORLD.world().client());
          kills += kill(step, carrier, client);
          client.await("session-resumed: ");
          carrier = found(RELAY, WORLD.sessions());
        }
        scp.await(Shell.LIMIT).orFail();
        System.out.println(
            kills + " kills; longest pause " + copy.longestPause().toMillis() + " ms");
      }
      String after = WORLD.sessions();
      assertThat("the same session", found(SESSION, after), equalTo(session));
      assertThat(after, containsString("\"replaced\":0"));
    }
    assertThat("connections of scp's: " + connections, connections, hasSize(1));
    assertThat("equal hashes", LargeFile.hash(to), equalTo(hash));
  }

  @Test
  public void aCopyGoesOnThoughClientThenDeviceThenRelayStandStillForTwentySeconds()
      throws Exception {
    Path from = WORLD.file("few-sent");
    Path to = WORLD.file("few-received");
    String hash = LargeFile.write(from, 4 * MODEST_STEP);
    WORLD.awaitWell(TwoRelays.FIRST);
    Set<String> connections = new LinkedHashSet<>();
    try (Running connect = WORLD.connect()) {
      int port = TwoRelays.port(connect);
      String session = found(SESSION, WORLD.sessions());
      assertThat(found(RELAY, WORLD.sessions()), equalTo(TwoRelays.FIRST));
      try (Running scp = WORLD.sshd().scp(port, from, to, MODEST_KILOBITS);
          Growth copy = new Growth(to)) {
        long grown = 0;
        for (Machine each :
            List.of(WORLD.world().client(), WORLD.world().device(), WORLD.relay(TwoRelays.FIRST))) {
          grown += MODEST_STEP;
          copy.await(grown);
          connections.addAll(connectionsTo(port));
          try (Frozen frozen = Frozen.stop(each.pid())) {
            frozen.stay(STILL);
          }
          assertThat("under way all the time", Files.size(to), lessThan(4 * MODEST_STEP));
        }
        scp.await(Shell.LIMIT).orFail();
      }
      String after = WORLD.sessions();
      assertThat("the same session", found(SESSION, after), equalTo(session));
      assertThat(after, containsString("\"replaced\":0"));
    }
    assertThat("connections of scp's: " + connections, connections, hasSize(1));
    assertThat("equal hashes", LargeFile.hash(to), equalTo(hash));
  }

  @Test
  public void aRelayThatCannotHearSaysSoAndServesAgainSoonAfterItCan() throws Exception {
    Machine relay = WORLD.relay(TwoRelays.FIRST);
    WORLD.awaitWell(TwoRelays.FIRST);
    // From now on the client, too, has something to lose and to heal.
    try (Running connect = WORLD.connect()) {
      TwoRelays.port(connect);
    }
    LogSince log = new LogSince(relay);
    long infrastructure = WORLD.world().infrastructure().pid();
    long frozen = System.nanoTime();
    try (Frozen still = Frozen.stop(infrastructure)) {
      log.await("@bob has no connection for notifications");
      assertThat(after(frozen), lessThan(NOTICED));
      String health = relay.run("health").out();
      assertThat(health, containsString("@bob does not hear: no connection for notifications"));
    }
    long thawed = System.nanoTime();
    log.await("@bob has its connection for notifications");
    assertThat(after(thawed), lessThan(HEALED));
    WORLD.awaitWell(TwoRelays.FIRST);
    WORLD.world().device().awaitWell("org.noports.device/dev1");
    WORLD.world().client().awaitWell("org.noports.atserver/@alice");
    try (Running connect = WORLD.connect()) {
      int port = TwoRelays.port(connect);
      assertThat(found(RELAY, WORLD.sessions()), equalTo(TwoRelays.FIRST));
      assertThat(WORLD.sshd().ssh(port, "echo heard").orFail().out(), equalTo("heard\n"));
    }
  }

  private static Duration after(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Kills the relay that carries, in two steps also the other; says how many that were. */
  private static int kill(int step, String carrier, LogSince client) throws Exception {
    if (step != BEFORE_IT_ANSWERS && step != BEFORE_THE_DEVICE_COMES) {
      WORLD.kill(carrier);
      WORLD.startLater(carrier);
      return 1;
    }
    String other = TwoRelays.otherThan(carrier);
    WORLD.awaitWell(other);
    if (step == BEFORE_IT_ANSWERS) {
      killBeforeItAnswers(carrier, other, client);
    } else {
      killBeforeTheDeviceComes(carrier, other);
    }
    WORLD.startLater(carrier);
    WORLD.startLater(other);
    return 2;
  }

  /** The other relay stands still, so that the resume waits for it when it dies. */
  private static void killBeforeItAnswers(String carrier, String other, LogSince client)
      throws Exception {
    WORLD.signal(other, "STOP");
    try {
      WORLD.kill(carrier);
      client.await("session-link-lost: ");
    } finally {
      WORLD.kill(other);
    }
  }

  /** The device stands still, so that the other relay dies with its ports handed out. */
  private static void killBeforeTheDeviceComes(String carrier, String other) throws Exception {
    LogSince relay = new LogSince(WORLD.relay(other));
    String device = Long.toString(WORLD.world().device().pid());
    Shell.run("kill", "-STOP", device).orFail();
    try {
      WORLD.kill(carrier);
      relay.await("relay-session-opened: ");
      WORLD.kill(other);
    } finally {
      Shell.run("kill", "-CONT", device).orFail();
    }
  }

  /** The applications' ends of the connections to a port of the client's. */
  private static Set<String> connectionsTo(int port) {
    String listed =
        Shell.run("ss", "-Htn", "state", "established", "( dport = :" + port + " )").orFail().out();
    Set<String> local = new LinkedHashSet<>();
    listed.lines().map(line -> line.trim().split("\\s+")[2]).forEach(local::add);
    return local;
  }

  private static String found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(text, found.find());
    return found.group(1);
  }
}
