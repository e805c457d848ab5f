package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.atserver.AuthenticatedDialer.Opened;

/**
 * Keeps one connection to an atServer open: what is lost is dialled again, at once and then ever
 * more slowly. Lives on one loop and is used on it only, but for {@link #state}.
 */
final class ReconnectingLink {
  /** A request that comes while we wait dials at once, but not more often than this. */
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
  private NoPortsException lastFailure;
  private Future<?> retry;
  private boolean dialling;
  private NoPortsException closed;

  /**
   * Somebody who wants the connection.
   *
   * @param late whether they came when the attempt had begun. It may have begun before the network
   *     was mended, so its failure says nothing to them: they get the next attempt, at once
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

  /** The connection: the one that is, or the next one; fails when that cannot be made. */
  CompletableFuture<Opened> connection() {
    CompletableFuture<Opened> waiter = new CompletableFuture<>();
    if (closed != null) {
      waiter.completeExceptionally(closed);
    } else if (opened != null) {
      waiter.complete(opened);
    } else if (!dialling && justFailed()) {
      waiter.completeExceptionally(lastFailure);
    } else {
      waiters.add(new Waiter(waiter, dialling));
      dialNow();
    }
    return waiter;
  }

  private boolean justFailed() {
    return lastFailure != null && age().compareTo(IMPATIENCE) < 0;
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
      lastFailure = null;
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
    // Who asks after a loss is served by the attempt that follows at once.
    lastFailure = wasUp ? null : reason;
    Duration pause = backoff.next();
    stateNanos = System.nanoTime();
    state =
        LinkState.down(
            wasUp ? Instant.now() : state.since(),
            reason.getMessage(),
            Optional.of(Instant.now().plus(pause)));
    observer.down(role, reason, wasUp, pause);
    boolean again = anotherChance(reason);
    retry = loop.schedule(this::dialNow, again ? 0 : pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells those who began the attempt; whether somebody came later. */
  private boolean anotherChance(NoPortsException reason) {
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    for (Waiter waiter : all) {
      if (waiter.late()) {
        waiters.add(new Waiter(waiter.future(), false));
      } else {
        waiter.future().completeExceptionally(reason);
      }
    }
    return !waiters.isEmpty();
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
