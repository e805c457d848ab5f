package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.api.Subscription;
import org.noports.api.atserver.Notification;

/** One who hears notifications, until closed. */
final class Listening implements Subscription {
  private final Predicate<String> wanted;
  private final Consumer<Notification> listener;
  private final Consumer<Listening> leave;
  private boolean closed;

  Listening(Predicate<String> wanted, Consumer<Notification> listener, Consumer<Listening> leave) {
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.leave = requireNonNull(leave, "leave is null");
  }

  /** A predicate that throws wants nothing. */
  boolean wants(String name) {
    try {
      return wanted.test(name);
    } catch (RuntimeException e) {
      AtServerLog.listenerFailed(name, e);
      return false;
    }
  }

  /** Under the lock, so that nothing is delivered any more once {@link #close} has returned. */
  synchronized void deliver(Notification notification) {
    if (closed || !wants(notification.name())) {
      return;
    }
    try {
      listener.accept(notification);
    } catch (RuntimeException e) {
      AtServerLog.listenerFailed(notification.name(), e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    // Now that whoever is about to take it in can see that it is closed.
    leave.accept(this);
  }

  synchronized boolean closed() {
    return closed;
  }
}
