package org.noports.policy.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.noports.api.AtSign;
import org.noports.api.Causes;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Notification;

/**
 * Keeps a policy service hearing: opens its atSign's session, subscribes, and tries again while
 * that fails. A session that stands reconnects by itself. Messages are handed over on its thread.
 */
final class Hearing implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** Short, because devices give up after 10 s. */
  private static final Duration LAST_RETRY = Duration.ofSeconds(4);

  private final AtServers atServers;
  private final AtSign self;
  private final Predicate<String> wanted;
  private final ScheduledExecutorService thread;
  private final BiConsumer<AtServerSession, Notification> hear;
  private Optional<AtServerSession> session = Optional.empty();
  private Subscription subscription = () -> {};
  private String problem = "connecting";
  private boolean closed;

  Hearing(
      AtServers atServers,
      AtSign self,
      Predicate<String> wanted,
      ScheduledExecutorService thread,
      BiConsumer<AtServerSession, Notification> hear) {
    this.atServers = atServers;
    this.self = self;
    this.wanted = wanted;
    this.thread = thread;
    this.hear = hear;
  }

  void start() {
    attempt(FIRST_RETRY);
  }

  private void attempt(Duration retry) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    atServers
        .session(self)
        .whenComplete(
            (opened, failure) -> {
              if (failure == null) {
                subscribe(opened);
              } else {
                retry(String.valueOf(Causes.of(failure).getMessage()), retry);
              }
            });
  }

  private synchronized void subscribe(AtServerSession opened) {
    if (!closed) {
      session = Optional.of(opened);
      problem = "";
      subscription = opened.subscribe(wanted, message -> hand(opened, message));
      PolicyHostLog.listening(self);
    }
  }

  private void hand(AtServerSession post, Notification message) {
    try {
      thread.execute(() -> hear.accept(post, message));
    } catch (RejectedExecutionException e) {
      // The service is being stopped; devices ask again, and another one may answer.
    }
  }

  private synchronized void retry(String why, Duration after) {
    if (closed) {
      return;
    }
    problem = why + "; next attempt in " + after.toSeconds() + " s";
    PolicyHostLog.notListening(self, why, after);
    Duration next = after.multipliedBy(2);
    try {
      thread.schedule(
          () -> attempt(next.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : next),
          after.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The service is being stopped.
    }
  }

  /** The session that it hears through, while there is one. */
  synchronized Optional<AtServerSession> session() {
    return session;
  }

  /** Why it does not hear; empty if it does. */
  synchronized Optional<String> problem() {
    return session.isPresent()
        ? session.get().deaf()
        : Optional.of(problem).filter(text -> !text.isEmpty());
  }

  /** Hears nothing from now on; the session is shared with others and stays. */
  @Override
  public synchronized void close() {
    closed = true;
    subscription.close();
  }
}
