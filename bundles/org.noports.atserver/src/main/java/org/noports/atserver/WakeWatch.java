package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Notices that this machine slept, that its clock was set, or that its network changed: connections
 * may then be dead without a word, and whoever waits to dial again need not wait.
 */
final class WakeWatch {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Below it, a busy machine could be taken for one that slept. */
  private static final Duration JUMP = Duration.ofSeconds(5);

  private final Executor blocking;
  private final Clock clock;
  private final Consumer<String> woken;
  private Instant lastWall;
  private long lastNanos = System.nanoTime();
  private Set<String> networks = networks();

  /**
   * @param blocking on which the system is asked for its networks
   * @param woken told what happened, on {@code blocking}
   */
  WakeWatch(Executor blocking, Clock clock, Consumer<String> woken) {
    this.blocking = requireNonNull(blocking, "blocking is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.woken = requireNonNull(woken, "woken is null");
    this.lastWall = clock.instant();
  }

  /** Looks every second from now on, until the timer's owner ends. */
  void start(ScheduledExecutorService timer) {
    timer.scheduleWithFixedDelay(
        () -> blocking.execute(this::look),
        EVERY.toMillis(),
        EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void look() {
    Instant wall = clock.instant();
    long nanos = System.nanoTime();
    Duration jump = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
    lastWall = wall;
    lastNanos = nanos;
    Set<String> before = networks;
    networks = networks();
    if (jump.abs().compareTo(JUMP) > 0) {
      woken.accept(
          "this machine slept or its clock was set: it moved by " + jump.toSeconds() + " s");
    } else if (!networks.equals(before)) {
      woken.accept("this machine's network changed");
    }
  }

  /** Which interfaces are up and by which addresses; loopback never changes. */
  private static Set<String> networks() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(WakeWatch::connects)
          .map(each -> each.getName() + each.getInterfaceAddresses())
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      // The system does not say; connections are tested anyway.
      return Set.of();
    }
  }

  private static boolean connects(NetworkInterface each) {
    try {
      return each.isUp() && !each.isLoopback();
    } catch (SocketException e) {
      // It has just gone.
      return false;
    }
  }
}
