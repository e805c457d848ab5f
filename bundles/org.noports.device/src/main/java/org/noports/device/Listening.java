package org.noports.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.noports.api.DeviceAddress;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Notification;
import org.noports.protocol.session.MessageNames;

/**
 * Keeps one device hearing: opens its atSign's session, subscribes, and tries again while that
 * fails. A session that stands reconnects by itself. Messages are handed over on the device's
 * thread.
 */
final class Listening implements AutoCloseable {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** Short, because clients are to be heard within 10 s once our atServer can be reached. */
  private static final Duration LAST_RETRY = Duration.ofSeconds(4);

  private final AtServers atServers;
  private final DeviceAddress device;
  private final ScheduledExecutorService thread;
  private final BiConsumer<AtServerSession, Notification> hear;
  private final Consumer<AtServerSession> begun;
  private Optional<AtServerSession> session = Optional.empty();
  private Optional<Subscription> subscription = Optional.empty();
  private String problem = "connecting";
  private boolean closed;

  Listening(
      AtServers atServers,
      DeviceAddress device,
      ScheduledExecutorService thread,
      BiConsumer<AtServerSession, Notification> hear,
      Consumer<AtServerSession> begun) {
    this.atServers = atServers;
    this.device = device;
    this.thread = thread;
    this.hear = hear;
    this.begun = begun;
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
        .session(device.atSign())
        .whenComplete(
            (opened, failure) -> {
              if (failure == null) {
                subscribe(opened);
              } else {
                retry(Step.cause(failure).getMessage(), retry);
              }
            });
  }

  private void subscribe(AtServerSession opened) {
    synchronized (this) {
      if (closed) {
        return;
      }
      session = Optional.of(opened);
      problem = "";
      subscription = Optional.of(opened.subscribe(this::isOurs, message -> hand(opened, message)));
    }
    DeviceLog.listening(device);
    begun.accept(opened);
  }

  private boolean isOurs(String name) {
    return MessageNames.ofDevice(device.name(), name).isPresent();
  }

  private void hand(AtServerSession post, Notification message) {
    try {
      thread.execute(() -> hear.accept(post, message));
    } catch (RejectedExecutionException e) {
      // The device is being stopped; its client will time out as with any device that is off.
    }
  }

  private void retry(String why, Duration after) {
    synchronized (this) {
      if (closed) {
        return;
      }
      problem = why + "; next attempt in " + after.toSeconds() + " s";
    }
    DeviceLog.notListening(device, String.valueOf(why), after);
    Duration next = after.multipliedBy(2);
    try {
      thread.schedule(
          () -> attempt(next.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : next),
          after.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The device is being stopped.
    }
  }

  /** The session that it hears through, while its atServer is there. */
  synchronized Optional<AtServerSession> session() {
    return session;
  }

  /** Why it does not hear; empty if it does. */
  synchronized Optional<String> problem() {
    if (session.isPresent()) {
      return session.get().deaf();
    }
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** Hears nothing from now on; the session is shared with others and stays. */
  @Override
  public void close() {
    Optional<Subscription> last;
    synchronized (this) {
      closed = true;
      last = subscription;
      subscription = Optional.empty();
    }
    last.ifPresent(Subscription::close);
  }
}
