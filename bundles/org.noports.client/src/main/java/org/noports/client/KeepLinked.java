package org.noports.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.DowngradeDetected;
import org.noports.api.NoPortsException;
import org.noports.api.PeerKeyChanged;
import org.noports.api.PeerUnverified;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.session.HandshakeListener;
import org.noports.api.tunnel.SessionEnd;

/**
 * Gives one session a new link whenever it has lost one, at once and then again and again until the
 * tunnel gives it up; unless the device, or what is known of it, says that it shall not go on.
 */
final class KeepLinked implements SessionEnd.LinkListener {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final ResumeSession story;
  private final Supplier<ClientSettings> settings;
  private final ScheduledExecutorService clock;
  private final Turns turns;
  private final ClientTunnel tunnel;
  private Duration pause = Duration.ZERO;
  private Optional<Future<?>> next = Optional.empty();
  private Optional<Attempt> attempt = Optional.empty();
  private boolean stopped;

  KeepLinked(
      ResumeSession story,
      Supplier<ClientSettings> settings,
      ScheduledExecutorService clock,
      Turns turns,
      ClientTunnel tunnel) {
    this.story = story;
    this.settings = settings;
    this.clock = clock;
    this.turns = turns;
    this.tunnel = tunnel;
  }

  @Override
  public void lost(String why) {
    ClientLog.linkLost(tunnel, why);
    tunnel.resuming();
    synchronized (this) {
      if (attempt.isPresent() || next.isPresent()) {
        // One is under way and will find out by itself.
        return;
      }
      pause = Duration.ZERO;
    }
    schedule();
  }

  @Override
  public void restored() {
    tunnel.linked();
  }

  private synchronized void schedule() {
    if (stopped) {
      return;
    }
    try {
      next = Optional.of(clock.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      // The client is being stopped, and the session with it.
      return;
    }
    Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void attempt() {
    Attempt mine = new Attempt(tunnel.request(), settings.get(), HandshakeListener.SILENT);
    synchronized (this) {
      next = Optional.empty();
      if (stopped) {
        return;
      }
      attempt = Optional.of(mine);
    }
    turns
        .take(() -> resumed(mine))
        .whenComplete((joined, failure) -> conclude(mine, joined, failure));
  }

  private CompletionStage<Joined> resumed(Attempt mine) {
    synchronized (this) {
      if (stopped) {
        return CompletableFuture.failedStage(new SessionGone("It has ended meanwhile"));
      }
    }
    return story.resume(mine, tunnel.joined());
  }

  private void conclude(Attempt mine, Joined joined, Throwable failure) {
    synchronized (this) {
      attempt = Optional.empty();
      if (stopped) {
        mine.undo();
        return;
      }
    }
    if (failure == null) {
      mine.keep();
      tunnel.resumed(joined);
      return;
    }
    mine.undo();
    Throwable cause = Step.cause(failure);
    ClientLog.notResumed(tunnel, cause);
    if (isFinal(cause)) {
      tunnel.notResumed((NoPortsException) cause);
    } else {
      schedule();
    }
  }

  /** What another attempt cannot change, and must not try to. */
  private static boolean isFinal(Throwable cause) {
    return cause instanceof SessionGone
        || cause instanceof SessionRefused
        || cause instanceof DowngradeDetected
        || cause instanceof RequirementUnmet
        || cause instanceof PeerKeyChanged
        || cause instanceof PeerUnverified;
  }

  /** The session is over. */
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
