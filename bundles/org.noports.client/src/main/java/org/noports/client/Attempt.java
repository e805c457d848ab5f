package org.noports.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.SessionId;
import org.noports.api.relay.RelayChoice.Candidate;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.HandshakeStep;
import org.noports.api.session.TunnelRequest;

/**
 * One attempt at a session: what it is for, whom it tells, and what has to be undone if it comes to
 * nothing. Once {@link #undo} was called, whatever still arrives is closed at once.
 */
final class Attempt {
  private final TunnelRequest request;
  private final ClientSettings settings;
  private final HandshakeListener listener;
  private final SessionId id = SessionId.random();
  private final long began = System.nanoTime();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private volatile List<Candidate> choice = List.of();
  private boolean undone;

  Attempt(TunnelRequest request, ClientSettings settings, HandshakeListener listener) {
    this.request = request;
    this.settings = settings;
    this.listener = listener;
  }

  TunnelRequest request() {
    return request;
  }

  ClientSettings settings() {
    return settings;
  }

  SessionId id() {
    return id;
  }

  /** Keeps what was known of the relays when one was chosen. */
  List<Candidate> chose(List<Candidate> order) {
    choice = order;
    return order;
  }

  /** The relays that there was a choice of, best first; empty if there was none. */
  List<Candidate> choice() {
    return choice;
  }

  /** A moment from which a step's duration is counted. */
  static long now() {
    return System.nanoTime();
  }

  /** Tells the listener of a step that took since {@code start}. */
  void done(HandshakeStep step, long start, String detail) {
    try {
      listener.done(step, Duration.ofNanos(System.nanoTime() - start), detail);
    } catch (RuntimeException e) {
      ClientLog.listenerFailed(e);
    }
  }

  /** Tells the listener that all is done, and how long all took. */
  void ready(String detail) {
    done(HandshakeStep.READY, began, detail);
  }

  /** Takes on something that is closed if the attempt fails. */
  <T extends AutoCloseable> T owns(T resource) {
    synchronized (owned) {
      if (!undone) {
        owned.push(resource);
        return resource;
      }
    }
    close(resource);
    throw new CancellationException("The attempt was ended");
  }

  /** Waits for {@code stage} as long as the attempt lives; the stage itself may be others' too. */
  <T> CompletableFuture<T> pending(CompletionStage<T> stage) {
    CompletableFuture<T> mine = stage.toCompletableFuture().copy();
    owns(() -> mine.cancel(true));
    return mine;
  }

  /** Ends {@code future}, which is this attempt's own, when the attempt ends. */
  <T> CompletableFuture<T> waiting(CompletableFuture<T> future) {
    owns(() -> future.cancel(true));
    return future;
  }

  /** As {@link #pending}, for something that is to be closed if it comes too late. */
  <T extends AutoCloseable> CompletableFuture<T> arriving(CompletionStage<T> stage) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    stage.whenComplete(
        (resource, failure) -> {
          if (failure != null) {
            mine.completeExceptionally(Step.cause(failure));
            return;
          }
          try {
            mine.complete(owns(resource));
          } catch (CancellationException e) {
            mine.completeExceptionally(e);
          }
        });
    return pending(mine);
  }

  /** The attempt succeeded: what it owned belongs to the tunnel now. */
  void keep() {
    synchronized (owned) {
      owned.clear();
    }
  }

  /** Closes what was made, last first. Idempotent. */
  void undo() {
    Deque<AutoCloseable> last;
    synchronized (owned) {
      undone = true;
      last = new ArrayDeque<>(owned);
      owned.clear();
    }
    last.forEach(Attempt::close);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      ClientLog.notClosed(e);
    }
  }
}
