package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.atserver.Commands.Answered;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.Response;

/**
 * Finds out whether notifications really reach us: where none came for a while it notifies
 * ourselves and waits for that to come back. A connection that answers and brings nothing is ended,
 * so that the next one is told all that was missed. Used on the loop only, but for {@link #deaf}.
 *
 * <p>What it sends is what every atServer knows: a notification of a key to our own atSign, kept
 * for seconds only (docs/protocol/atprotocol.md 3.14).
 */
final class HearingProbe {
  private static final String NAME = ".noports-selftest.";

  /** Keys of devices and clients are enrolled for the first, those of relays for the second. */
  private static final List<String> NAMESPACES =
      List.of(MessageNames.NAMESPACE, MessageNames.RELAY_NAMESPACE);

  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Commands commands;
  private final AtServerTime time;
  private final Supplier<AtServerSettings> settings;
  private final ScheduledExecutorService loop;
  private Optional<AtServerConnection> monitor = Optional.empty();
  private Optional<Probe> underWay = Optional.empty();
  private Optional<Future<?>> next = Optional.empty();
  private long lastHeard = System.nanoTime();
  private int namespace;
  private String refusal = "";
  private volatile Optional<Deaf> deaf = Optional.empty();

  private record Probe(String key, long sentNanos) {}

  /** Since when nothing was heard, and why we think so. */
  record Deaf(Instant since, String why) {}

  HearingProbe(
      Commands commands,
      AtServerTime time,
      Supplier<AtServerSettings> settings,
      ScheduledExecutorService loop) {
    this.commands = requireNonNull(commands, "commands is null");
    this.time = requireNonNull(time, "time is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  /** The connection on which we are told from now on. */
  void over(AtServerConnection connection) {
    monitor = Optional.of(connection);
    underWay = Optional.empty();
    again(shorter(FIRST, settings.get().selfTest()));
    connection.ended().thenRun(() -> loop.execute(() -> ended(connection)));
  }

  private void ended(AtServerConnection connection) {
    if (monitor.filter(connection::equals).isPresent()) {
      monitor = Optional.empty();
      underWay = Optional.empty();
      next.ifPresent(timer -> timer.cancel(false));
    }
  }

  /** Tests at once, whatever was heard; false if there is no test now. */
  boolean now() {
    if (monitor.isPresent() && underWay.isEmpty() && !settings.get().selfTest().isZero()) {
      probe(monitor.get());
    }
    return underWay.isPresent();
  }

  private void again(Duration after) {
    next.ifPresent(timer -> timer.cancel(false));
    boolean wanted = monitor.isPresent() && !settings.get().selfTest().isZero();
    // Switched off it looks now and then whether it is switched on again.
    Duration wait = wanted ? after : KEPT;
    next = Optional.of(loop.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void look() {
    Duration interval = settings.get().selfTest();
    Duration quiet = Duration.ofNanos(System.nanoTime() - lastHeard);
    boolean due = deaf.isPresent() || time.now().isEmpty() || quiet.compareTo(interval) >= 0;
    if (due) {
      now();
    } else {
      again(interval.minus(quiet));
    }
  }

  private void probe(AtServerConnection over) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    String name = HexFormat.of().formatHex(random) + NAME + NAMESPACES.get(namespace);
    AtSign self = commands.self();
    Probe probe = new Probe(self + ":" + name + self, System.nanoTime());
    underWay = Optional.of(probe);
    Notify verb =
        new Notify(
            Optional.of(java.util.UUID.randomUUID().toString()),
            Notify.Operation.UPDATE,
            Notify.MessageType.KEY,
            Notify.Delivery.within(KEPT.toMillis()),
            MetadataChange.NONE.with(MetadataField.IS_ENCRYPTED, false),
            Optional.of(self),
            name,
            Optional.of(self),
            Optional.of("hearing"));
    commands
        .ask(verb)
        .whenCompleteAsync((answered, failure) -> answered(over, probe, answered), loop);
  }

  /** No answer at all is the command connection's trouble, which heals by itself. */
  private void answered(AtServerConnection over, Probe probe, Answered answered) {
    if (underWay.filter(probe::equals).isEmpty()) {
      return;
    }
    if (answered == null) {
      underWay = Optional.empty();
      again(FIRST);
    } else if (answered.response() instanceof Response.Failure failure) {
      underWay = Optional.empty();
      deaf = Optional.empty();
      namespace = (namespace + 1) % NAMESPACES.size();
      if (namespace == 0) {
        refused(Refusals.quoted(failure));
      }
      again(settings.get().selfTest());
    } else {
      Duration patience = settings.get().answerTimeout();
      loop.schedule(
          () -> tooLate(over, probe, patience), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void refused(String why) {
    if (!refusal.equals(why)) {
      refusal = why;
      AtServerLog.hearingUntested(commands.self(), why);
    }
  }

  private void tooLate(AtServerConnection over, Probe probe, Duration patience) {
    if (underWay.filter(probe::equals).isEmpty()) {
      return;
    }
    String why =
        "The "
            + over.peer()
            + " answers, but a notification to ourselves did not come back within "
            + patience.toMillis()
            + " ms";
    if (deaf.isEmpty()) {
      deaf = Optional.of(new Deaf(Instant.now(), why));
    }
    over.end(new AtServerUnavailable(why));
  }

  /** A notification came in: whether it was but ours. */
  boolean heard(NotificationJson pushed) {
    lastHeard = System.nanoTime();
    boolean ours = pushed.from().equals(commands.self()) && pushed.key().contains(NAME);
    if (ours && underWay.filter(probe -> probe.key.equals(pushed.key())).isPresent()) {
      Optional<String> before = ClockOff.sentence(commands.self(), time.ahead());
      time.read(underWay.get().sentNanos, pushed.epochMillis());
      clock(before, ClockOff.sentence(commands.self(), time.ahead()));
      underWay = Optional.empty();
      refusal = "";
      hears();
      again(settings.get().selfTest());
    }
    return ours;
  }

  private void hears() {
    if (deaf.isPresent()) {
      AtServerLog.hears(commands.self(), Duration.between(deaf.get().since(), Instant.now()));
      deaf = Optional.empty();
    }
  }

  private void clock(Optional<String> before, Optional<String> now) {
    if (now.isPresent() && !now.equals(before)) {
      AtServerLog.clockOff(commands.self(), now.get());
    } else if (now.isEmpty() && before.isPresent()) {
      AtServerLog.clockRight(commands.self());
    }
  }

  /** Since when the connection brings nothing though it answers; empty while all is well. */
  Optional<Deaf> deaf() {
    return deaf;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
