package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.atserver.AuthenticatedDialer.Opened;

/**
 * Keeps one connection to an atServer open: what is lost is dialled again, at once and then ever
 * more slowly. Lives on one loop and is used on it only, but for {@link #state}.
 */
final class ReconnectingLink {
  /**
   * Whoever wants the connection while we wait has it dialled sooner, so that they get the outcome
   * of an attempt of now. Two attempts begin no closer than this, however many ask.
   */
  private static final Duration IMPATIENCE = Duration.ofSeconds(1);

  /** Enough for several losses on the way; far less than a command may take. */
  private static final Duration PROBE = Duration.ofSeconds(3);

  private final String role;
  private final EventLoop loop;
  private final Supplier<CompletableFuture<Opened>> dial;
  private final Observer observer;
  private final Backoff backoff = new Backoff();
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile LinkState state = LinkState.down(Instant.now(), "connecting", Optional.empty());
  private long stateNanos = System.nanoTime();
  private Opened opened;
  private ScheduledFuture<?> retry;
  private long attemptNanos;
  private boolean dialling;
  private NoPortsException closed;

  /**
   * Somebody who wants the connection.
   *
   * @param late whether they came when the attempt had begun. It may have begun before the network
   *     was mended, so its failure says nothing to them: they get the next attempt
   */
  private record Waiter(CompletableFuture<Opened> future, boolean late) {}

  /** Hears what becomes of a link, on its loop. */
  interface Observer {
    /** A connection is there. */
    void up(String role, Opened opened);

    /** A connection was lost, or could not be made; the next attempt is after a pause. */
    void down(String role, NoPortsException reason, boolean wasUp, Duration pause);
  }

  /**
   * @param role what the connection is for, for messages
   * @param dial opens a connection that is ready for its role
   */
  ReconnectingLink(
      String role, EventLoop loop, Supplier<CompletableFuture<Opened>> dial, Observer observer) {
    this.role = requireNonNull(role, "role is null");
    this.loop = requireNonNull(loop, "loop is null");
    this.dial = requireNonNull(dial, "dial is null");
    this.observer = requireNonNull(observer, "observer is null");
  }

  LinkState state() {
    return state;
  }

  /**
   * The connection: the one that is, or the next one. Fails when an attempt fails that begins after
   * this call, which is at most {@link #IMPATIENCE} later, or when the one that is under way ends.
   */
  CompletableFuture<Opened> connection() {
    CompletableFuture<Opened> waiter = new CompletableFuture<>();
    if (closed != null) {
      waiter.completeExceptionally(closed);
    } else if (opened != null) {
      waiter.complete(opened);
    } else {
      waiters.add(new Waiter(waiter, dialling));
      dialSoon();
    }
    return waiter;
  }

  /** Somebody waits: dials at once, or as soon as that is not too soon after the last attempt. */
  private void dialSoon() {
    if (retry == null) {
      dialNow();
      return;
    }
    Duration left = IMPATIENCE.minusNanos(System.nanoTime() - attemptNanos);
    if (retry.getDelay(TimeUnit.NANOSECONDS) > left.toNanos()) {
      cancelRetry();
      retryAfter(left.isNegative() ? Duration.ZERO : left);
    }
  }

  private void retryAfter(Duration pause) {
    retry = loop.schedule(this::dialNow, pause.toNanos(), TimeUnit.NANOSECONDS);
    state = LinkState.down(state.since(), state.what(), Optional.of(Instant.now().plus(pause)));
  }

  /** How long it has been as it is, whatever was done to the clock. */
  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - stateNanos);
  }

  private void dialNow() {
    if (dialling || opened != null || closed != null) {
      return;
    }
    cancelRetry();
    dialling = true;
    attemptNanos = System.nanoTime();
    state = LinkState.down(state.since(), state.what(), Optional.empty());
    dial.get().whenCompleteAsync(this::dialled, loop);
  }

  private void dialled(Opened fresh, Throwable failure) {
    dialling = false;
    if (failure != null) {
      failed(Failures.of("atServer", failure), false);
    } else if (closed != null) {
      fresh.connection().end(closed);
    } else {
      opened = fresh;
      stateNanos = System.nanoTime();
      state = LinkState.up("connected to the " + fresh.connection().peer());
      fresh.connection().ended().thenAcceptAsync(this::lost, loop);
      observer.up(role, fresh);
      drain().forEach(waiter -> waiter.complete(fresh));
    }
  }

  private void lost(NoPortsException reason) {
    backoff.ended(age());
    opened = null;
    if (closed == null) {
      failed(reason, true);
    }
  }

  private void failed(NoPortsException reason, boolean wasUp) {
    if (closed != null) {
      drain().forEach(waiter -> waiter.completeExceptionally(closed));
      return;
    }
    Duration pause = backoff.next();
    stateNanos = System.nanoTime();
    Instant since = wasUp ? Instant.now() : state.since();
    state = LinkState.down(since, reason.getMessage(), Optional.empty());
    retryAfter(pause);
    observer.down(role, reason, wasUp, pause);
    tellWhoBeganIt(reason);
  }

  private void tellWhoBeganIt(NoPortsException reason) {
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    all.stream()
        .filter(Waiter::late)
        .forEach(late -> waiters.add(new Waiter(late.future(), false)));
    if (!waiters.isEmpty()) {
      dialSoon();
    }
    all.stream()
        .filter(each -> !each.late())
        .forEach(each -> each.future().completeExceptionally(reason));
  }

  private List<CompletableFuture<Opened>> drain() {
    List<CompletableFuture<Opened>> waiting = waiters.stream().map(Waiter::future).toList();
    waiters.clear();
    return waiting;
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  /**
   * Something happened to this machine or its network: what waits is tried now, and what stands
   * must show that it still does.
   */
  void wake() {
    if (opened != null) {
      opened.connection().probe(PROBE);
    } else if (retry != null) {
      dialNow();
    }
  }

  /** Ends the link for good; requests fail with {@code reason}. */
  void close(NoPortsException reason) {
    if (closed == null) {
      closed = reason;
      cancelRetry();
      state = LinkState.down(Instant.now(), reason.getMessage(), Optional.empty());
      drain().forEach(waiter -> waiter.completeExceptionally(reason));
      if (opened != null) {
        opened.connection().end(reason);
      }
    }
  }
}
