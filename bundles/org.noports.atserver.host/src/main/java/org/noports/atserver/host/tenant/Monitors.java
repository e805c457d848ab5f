package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noports.api.Subscription;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.Heard;
import org.noports.atserver.host.record.Inbox;
import org.noports.atserver.host.record.StoreAbsent;
import org.noports.protocol.verb.NotificationJson;

/**
 * Takes an atSign's notifications in: into the inbox, and to all who listen. They are told when it
 * is certain what comes of it, while the disk writes; whoever is answered, or reads, has what the
 * disk has (decisions 0013 and 0017). Thread-safe.
 */
public final class Monitors {
  private final Inbox inbox;
  private final Runnable heard;
  private final InOrder arriving = new InOrder();
  private final InOrder keeping = new InOrder();
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
    Heard heard = new Heard(passing);
    listening.forEach(monitor -> monitor.passing(heard));
  }

  /**
   * Stores a notification and tells the monitors; a repeat is swallowed.
   *
   * @return whether it was new
   */
  public CompletionStage<Boolean> receive(AtNotification notification, List<StoreChange> along) {
    return arrive(new Heard(notification.told()), early -> inbox.add(notification, along, early));
  }

  /** The same with one to oneself whose id nobody has used. */
  public CompletionStage<Boolean> receiveNew(AtNotification notification) {
    Heard heard = new Heard(notification.told());
    return arrive(heard, early -> inbox.addNew(notification, heard, early));
  }

  /**
   * It has its place among those that are told before the store has it: whoever reads it there
   * knows that it will come. Nobody is told before it has its place among those that are kept.
   */
  private CompletionStage<Boolean> arrive(
      Heard heard, Function<Consumer<Boolean>, CompletionStage<Boolean>> add) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    arriving.of(told).thenAccept(fresh -> tell(heard, fresh));
    CompletionStage<Boolean> kept = added(add, early);
    CompletionStage<Boolean> answer = keeping.of(kept);
    early.thenAccept(told::complete);
    if (!told.isDone()) {
      kept.whenComplete((fresh, failure) -> end(told, fresh, failure));
    }
    return answer;
  }

  private void tell(Heard heard, boolean fresh) {
    if (fresh) {
      listening.forEach(monitor -> monitor.arrived(heard));
    }
  }

  private static CompletionStage<Boolean> added(
      Function<Consumer<Boolean>, CompletionStage<Boolean>> add, CompletableFuture<Boolean> early) {
    try {
      return add.apply(early::complete);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void end(CompletableFuture<Boolean> place, Boolean fresh, Throwable failure) {
    if (failure == null) {
      place.complete(fresh);
    } else {
      place.completeExceptionally(failure);
    }
  }

  /** Completes when all that was taken in so far, and may have been told, can be read. */
  public CompletionStage<Void> settled() {
    return keeping.of(CompletableFuture.completedFuture(null));
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
    // What is told from here on the monitor itself holds back until it has seen what it missed.
    return settled()
        .thenCompose(all -> missed(after))
        .thenCompose(replay -> arriving.of(CompletableFuture.completedFuture(replay)))
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
