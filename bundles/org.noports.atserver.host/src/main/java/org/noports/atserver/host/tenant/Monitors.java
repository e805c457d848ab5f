package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.Subscription;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.Inbox;
import org.noports.atserver.host.record.StoreAbsent;
import org.noports.protocol.verb.NotificationJson;

/**
 * Takes an atSign's notifications in: into the inbox first, then to all who listen. Thread-safe.
 */
public final class Monitors {
  private final Inbox inbox;
  private final Runnable heard;
  private final InOrder arriving = new InOrder();
  private final List<Monitor> listening = new CopyOnWriteArrayList<>();

  /**
   * Nobody listens yet.
   *
   * @param heard run when somebody begins to listen
   */
  public Monitors(Inbox inbox, Runnable heard) {
    this.inbox = requireNonNull(inbox, "inbox is null");
    this.heard = requireNonNull(heard, "heard is null");
  }

  /** Whether anybody listens. */
  boolean listened() {
    return !listening.isEmpty();
  }

  /** Tells all who listen something that is not kept. */
  void tell(NotificationJson passing) {
    listening.forEach(monitor -> monitor.passing(passing));
  }

  /**
   * Stores a notification and tells the monitors; a repeat is swallowed.
   *
   * @return whether it was new
   */
  public CompletionStage<Boolean> receive(AtNotification notification, List<StoreChange> along) {
    return arrive(notification, inbox.add(notification, along));
  }

  /** The same with one whose id nobody has used. */
  public CompletionStage<Boolean> receiveNew(AtNotification notification) {
    return arrive(notification, inbox.addNew(notification));
  }

  private CompletionStage<Boolean> arrive(
      AtNotification notification, CompletionStage<Boolean> stored) {
    return arriving
        .of(stored)
        .thenApply(
            fresh -> {
              if (fresh) {
                listening.forEach(monitor -> monitor.arrived(notification));
              }
              return fresh;
            });
  }

  /** What has been received and has not expired, oldest first. */
  public CompletionStage<List<AtNotification>> received() {
    return inbox.after(-1);
  }

  /** What has been received with this id and has not expired. */
  public CompletionStage<Optional<AtNotification>> received(String id) {
    return inbox.find(id);
  }

  /** Forgets what was received with this id; nothing if there is none. */
  public CompletionStage<Void> forget(String id) {
    return inbox.remove(id);
  }

  /**
   * Starts a monitor; fails, and starts none, if what it missed cannot be read.
   *
   * @param after replay what arrived later than this; nothing is replayed if empty
   */
  public CompletionStage<Subscription> listen(Monitor monitor, Optional<Long> after) {
    listening.add(monitor);
    return missed(after)
        .handle(
            (replay, failure) -> {
              if (failure != null) {
                // Whoever is told so asks again; one that hears on would never know what it missed.
                listening.remove(monitor);
                throw failure instanceof CompletionException wrapped
                    ? wrapped
                    : new CompletionException(failure);
              }
              monitor.replayed(replay);
              heard.run();
              return () -> listening.remove(monitor);
            });
  }

  private CompletionStage<List<AtNotification>> missed(Optional<Long> after) {
    try {
      return after.map(inbox::after).orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    } catch (StoreAbsent e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
