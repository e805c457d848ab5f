package org.noports.cipher.catalogue.guard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;

/**
 * Runs what one bundle's plug-ins compute on threads of its own, waits a second for each call, and
 * lets none of them be called again after one has broken its contract.
 */
public final class Guard {
  /** A record takes microseconds, a key agreement milliseconds; whoever waits longer is stuck. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Calls at once: as many as sessions agree on keys at one moment, and no endless growth. */
  private static final int MOST_THREADS = 64;

  /** Short, so that a bundle that has left is not held by an idle thread. */
  private static final long IDLE_SECONDS = 5;

  private final String bundle;
  private final Duration patience;
  private final Listener listener;
  private final ThreadPoolExecutor threads;
  private volatile Optional<String> fault = Optional.empty();

  /** Hears of the first fault, in the thread that met it: it must not block. */
  public interface Listener {
    /**
     * A plug-in broke its contract.
     *
     * @param why one sentence that names the bundle
     * @param abandoned whether a thread is still in its code
     */
    void misbehaved(String why, boolean abandoned);

    /** A thread that was abandoned has left its code after all; called in that thread. */
    default void returned() {}
  }

  /** What is asked of a plug-in. */
  public interface Call<T> {
    T run() throws CipherUnavailable, ProtocolViolation;
  }

  public Guard(String bundle, Duration patience, Listener listener) {
    this.bundle = requireNonNull(bundle, "bundle is null");
    this.patience = requireNonNull(patience, "patience is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            this::thread);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "noports-plugin " + bundle, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Guard.class.getClassLoader());
    return thread;
  }

  /**
   * Does {@code call} on a thread of the plug-in's, and waits for it.
   *
   * @throws CipherMisbehaved if it breaks its contract, or did before
   */
  public <T> T call(String what, Call<T> call) throws CipherUnavailable, ProtocolViolation {
    refuseAfterFault();
    Errand<T> errand = new Errand<>(call, listener::returned);
    Future<T> answer = begin(errand);
    try {
      return requireAnswer(what, await(answer));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw misbehaved(
          what + " did not return within " + patience.toMillis() + " ms", errand.abandon(), e);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CipherUnavailable("Interrupted while " + bundle + " was computing", e);
    }
  }

  /** Lets a plug-in give up a key; whatever it does then is nobody's business any more. */
  void release(AutoCloseable used) {
    if (fault.isPresent()) {
      return;
    }
    try {
      call(
          "close",
          () -> {
            try {
              used.close();
              return true;
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (CipherUnavailable | ProtocolViolation e) {
      // The listener has heard of it; who closes has no use for it.
    }
  }

  private <T> Future<T> begin(Errand<T> errand) throws CipherUnavailable {
    try {
      return threads.submit(errand);
    } catch (RejectedExecutionException e) {
      throw new CipherUnavailable(
          bundle + " has " + MOST_THREADS + " calls under way already; try again", e);
    }
  }

  /** A machine that stood still for long is not the plug-in's fault: then it has its time again. */
  private <T> T await(Future<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    long began = System.nanoTime();
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (System.nanoTime() - began > 2 * patience.toNanos()) {
        return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      }
      throw e;
    }
  }

  private <T> T requireAnswer(String what, T answer) throws CipherMisbehaved {
    if (answer == null) {
      throw misbehaved(what + " returned null");
    }
    return answer;
  }

  private CipherMisbehaved failure(String what, Throwable cause)
      throws CipherUnavailable, ProtocolViolation {
    if (cause instanceof CipherUnavailable expected) {
      throw expected;
    }
    if (cause instanceof ProtocolViolation expected) {
      throw expected;
    }
    return misbehaved(what + " threw " + cause.getMessage(), false, null);
  }

  /** For a check that found what cannot be: nobody asks this bundle again. */
  CipherMisbehaved misbehaved(String how) {
    return misbehaved(how, false, null);
  }

  private CipherMisbehaved misbehaved(String how, boolean abandoned, Throwable cause) {
    String why =
        bundle + " broke its contract: " + how + "; update the bundle, or remove it from deploy/";
    boolean first;
    synchronized (this) {
      first = fault.isEmpty();
      fault = fault.or(() -> Optional.of(why));
    }
    if (first || abandoned) {
      listener.misbehaved(why, abandoned);
    }
    return new CipherMisbehaved(why, cause);
  }

  private void refuseAfterFault() throws CipherMisbehaved {
    Optional<String> before = fault;
    if (before.isPresent()) {
      throw new CipherMisbehaved(before.get());
    }
  }

  @Override
  public String toString() {
    return bundle;
  }
}
