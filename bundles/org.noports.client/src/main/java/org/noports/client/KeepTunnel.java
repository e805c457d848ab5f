package org.noports.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.session.HandshakeListener;

/**
 * Replaces the lost sessions of one kept tunnel, behind the same entrance, for as long as it takes:
 * first after about a second, then after up to 30.
 */
final class KeepTunnel {
  private static final Duration STEADY = Duration.ofSeconds(30);

  private final OpenTunnel story;
  private final Supplier<ClientSettings> settings;
  private final ScheduledExecutorService clock;
  private final Backoff backoff;
  private Optional<Future<?>> next = Optional.empty();
  private Optional<Attempt> attempt = Optional.empty();
  private boolean stopped;

  KeepTunnel(
      OpenTunnel story,
      Supplier<ClientSettings> settings,
      ScheduledExecutorService clock,
      Backoff backoff) {
    this.story = story;
    this.settings = settings;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** Begins to replace the tunnel's session; one that never stood long is no reason for haste. */
  void replace(ClientTunnel tunnel) {
    if (tunnel.joined().since().plus(STEADY).isBefore(Instant.now())) {
      backoff.reset();
    }
    schedule(tunnel);
  }

  private synchronized void schedule(ClientTunnel tunnel) {
    if (stopped) {
      return;
    }
    Duration after = backoff.next();
    ClientLog.reconnecting(tunnel, after);
    try {
      next =
          Optional.of(
              clock.schedule(() -> attempt(tunnel), after.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      // The client is being stopped, and the tunnel with it.
    }
  }

  private void attempt(ClientTunnel tunnel) {
    Attempt mine = new Attempt(tunnel.request(), settings.get(), HandshakeListener.SILENT);
    synchronized (this) {
      if (stopped) {
        return;
      }
      attempt = Optional.of(mine);
    }
    story
        .open(mine, Optional.of(tunnel.entrances()))
        .whenComplete((joined, failure) -> conclude(tunnel, mine, joined, failure));
  }

  private void conclude(ClientTunnel tunnel, Attempt mine, Joined joined, Throwable failure) {
    if (failure != null) {
      mine.undo();
      if (!isStopped()) {
        ClientLog.notReplaced(tunnel, Step.cause(failure));
        schedule(tunnel);
      }
      return;
    }
    mine.keep();
    if (tunnel.replacedBy(joined)) {
      ClientLog.replaced(tunnel);
    } else {
      // Ended meanwhile: an entrance that was bound anew for this session is nobody's.
      joined.end().close();
      joined.entrances().close();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Gives up: the tunnel was ended. */
  void stop() {
    Optional<Attempt> last;
    synchronized (this) {
      stopped = true;
      next.ifPresent(scheduled -> scheduled.cancel(false));
      last = attempt;
      attempt = Optional.empty();
    }
    last.ifPresent(Attempt::undo);
  }
}
