package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.Subscription;
import org.noports.api.atserver.Notification;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify.MessageType;

/**
 * Takes what our atServer pushes: each notification once, decrypted, in the order of its sender, to
 * those who want it. Used on the loop only, but for {@link #subscribe}.
 */
final class NotificationInbox implements Pushes {
  /** What a reconnect asks for again: clocks and ways differ by less. */
  private static final long OVERLAP_MILLIS = 5_000;

  private static final int REMEMBERED = 4096;

  /** More than this under way at once is a flood: what comes on top of it is dropped. */
  private static final int MAX_UNDER_WAY = 4096;

  private final AtSign self;
  private final SenderKeys keys;
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final Map<AtSign, CompletableFuture<Void>> tails = new HashMap<>();
  private final Set<String> complaints = new HashSet<>();
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long newest = System.currentTimeMillis();
  private boolean atServersTime;
  private int underWay;

  NotificationInbox(AtSign self, SenderKeys keys) {
    this.self = requireNonNull(self, "self is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener) {
    Listening fresh = new Listening(wanted, listener, listening::remove);
    listening.add(fresh);
    return fresh;
  }

  /** From when on a new connection is to tell us all again, in our atServer's time. */
  long since() {
    return newest - OVERLAP_MILLIS;
  }

  @Override
  public void notified(NotificationJson pushed) {
    clock(pushed);
    if (pushed.isStats() || pushed.messageType() != MessageType.KEY || known(pushed)) {
      return;
    }
    Optional<String> name = name(pushed);
    if (name.isPresent() && listening.stream().anyMatch(each -> each.wants(name.get()))) {
      line(pushed, name.get());
    }
  }

  /** Counts of changes carry our atServer's time, too; ours counts only until it is heard. */
  private void clock(NotificationJson pushed) {
    boolean later = pushed.epochMillis() > newest;
    newest = later || pushed.isStats() || !atServersTime ? pushed.epochMillis() : newest;
    atServersTime = true;
  }

  private boolean known(NotificationJson pushed) {
    // A sender chooses its ids, so they are told apart by sender.
    return seen.put(pushed.from() + " " + pushed.id(), true) != null;
  }

  private Optional<String> name(NotificationJson pushed) {
    try {
      AtKey key = AtKey.parse(pushed.key());
      if (key.reserved()) {
        // The atProtocol's own, such as a key that its owner stores for us.
        return Optional.empty();
      }
      if (key.owner().filter(pushed.from()::equals).isPresent()) {
        return Optional.of(key.name());
      }
      complain(pushed.from(), "its key is another atSign's");
    } catch (ProtocolViolation e) {
      complain(pushed.from(), e.getMessage());
    }
    return Optional.empty();
  }

  /** Behind what the same sender said before; a slow sender holds up nobody else. */
  private void line(NotificationJson pushed, String name) {
    if (underWay >= MAX_UNDER_WAY) {
      complain(pushed.from(), "too many notifications at once");
      return;
    }
    underWay++;
    AtSign from = pushed.from();
    CompletableFuture<Void> before =
        tails.getOrDefault(from, CompletableFuture.completedFuture(null));
    CompletableFuture<Void> mine =
        before
            .thenCompose(turn -> clear(pushed, name))
            .handle((value, failure) -> finished(pushed, name, value, failure));
    tails.put(from, mine);
    mine.thenRun(() -> tails.remove(from, mine));
  }

  private CompletableFuture<String> clear(NotificationJson pushed, String name) {
    if (pushed.value().isEmpty()) {
      return CompletableFuture.completedFuture("");
    }
    if (!pushed.isEncrypted()) {
      return CompletableFuture.failedFuture(
          new ProtocolViolation("'" + name + "' of " + pushed.from() + " was not encrypted"));
    }
    Metadata metadata = pushed.metadata().orElse(Metadata.EMPTY);
    return keys.open(pushed.from(), name, pushed.value().get(), metadata);
  }

  private Void finished(NotificationJson pushed, String name, String value, Throwable failure) {
    underWay--;
    if (failure != null) {
      complain(pushed.from(), Failures.unwrapped(failure).getMessage());
    } else {
      Instant at = Instant.ofEpochMilli(pushed.epochMillis());
      Notification notification =
          new Notification(pushed.id(), pushed.from(), name, value, pushed.operation(), at);
      listening.forEach(each -> each.deliver(notification));
    }
    return null;
  }

  @Override
  public void unreadable(ProtocolViolation why) {
    complain(self, why.getMessage());
  }

  /** Once for each sender and reason: a sender must not be able to fill our log. */
  private void complain(AtSign from, String why) {
    if (complaints.size() >= REMEMBERED) {
      complaints.clear();
    }
    if (complaints.add(from + " " + why)) {
      AtServerLog.notificationDropped(self, from, why);
    }
  }
}
