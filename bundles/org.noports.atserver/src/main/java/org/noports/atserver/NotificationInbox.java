package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
  /**
   * Marks content keys, which codecs read when they need them (atprotocol.md 7.1). No more than
   * these: other names with {@code .__} are messages, such as a policy service's {@code .__rpcs}.
   */
  private static final String CODECS_OWN = ".__ck.";

  private static final int COMPLAINTS = 4096;

  /** More than this under way at once is a flood: what comes on top of it is dropped. */
  private static final int MAX_UNDER_WAY = 4096;

  private final AtSign self;
  private final SenderKeys keys;
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final Map<AtSign, CompletableFuture<Void>> tails = new HashMap<>();
  private final Set<String> complaints = new HashSet<>();
  private final Heard heard;
  private final Ages ages;
  private final HearingProbe hearing;
  private final Executor loop;
  private final Unclaimed unclaimed = new Unclaimed();
  private int underWay;

  NotificationInbox(
      AtSign self, SenderKeys keys, Heard heard, Ages ages, HearingProbe hearing, Executor loop) {
    this.keys = requireNonNull(keys, "keys is null");
    this.heard = requireNonNull(heard, "heard is null");
    this.ages = requireNonNull(ages, "ages is null");
    this.hearing = requireNonNull(hearing, "hearing is null");
    this.self = requireNonNull(self, "self is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener) {
    Listening fresh = new Listening(wanted, listener, listening::remove);
    try {
      loop.execute(() -> begin(fresh));
    } catch (RejectedExecutionException e) {
      // This part is being stopped: nothing will be heard any more.
      fresh.close();
    }
    return fresh;
  }

  private void begin(Listening fresh) {
    listening.add(fresh);
    if (fresh.closed()) {
      listening.remove(fresh);
    } else {
      unclaimed.claim(fresh::wants).forEach(each -> line(each.pushed(), each.name()));
    }
  }

  @Override
  public void notified(NotificationJson pushed) {
    if (pushed.isStats()) {
      // An atServer that still counts for us may have stopped to tell us.
      return;
    }
    heard.upTo(pushed.epochMillis());
    boolean ours = hearing.heard(pushed);
    if (ours || pushed.messageType() != MessageType.KEY || !heard.first(pushed)) {
      return;
    }
    Optional<String> name = name(pushed);
    if (name.isEmpty()) {
      return;
    }
    if (listening.stream().anyMatch(each -> each.wants(name.get()))) {
      line(pushed, name.get());
    } else {
      unclaimed.add(pushed, name.get());
    }
  }

  private Optional<String> name(NotificationJson pushed) {
    try {
      AtKey key = AtKey.parse(pushed.key());
      if (key.reserved() || key.name().contains(CODECS_OWN)) {
        // The atProtocol's own or a codec's, such as a key that its owner stores for us.
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
            .thenCompose(value -> heard.remember(pushed).thenApply(written -> value))
            .thenCombine(ages.of(pushed), (value, age) -> notification(pushed, name, value, age))
            .handle((clear, failure) -> finished(pushed, clear, failure));
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

  private static Notification notification(
      NotificationJson pushed, String name, String value, Duration age) {
    Instant at = Instant.ofEpochMilli(pushed.epochMillis());
    return new Notification(pushed.id(), pushed.from(), name, value, pushed.operation(), at, age);
  }

  private Void finished(NotificationJson pushed, Notification clear, Throwable failure) {
    underWay--;
    if (failure != null) {
      complain(pushed.from(), Failures.unwrapped(failure).getMessage());
    } else {
      listening.forEach(each -> each.deliver(clear));
    }
    return null;
  }

  @Override
  public void unreadable(ProtocolViolation why) {
    complain(self, why.getMessage());
  }

  /** Once for each sender and reason: a sender must not be able to fill our log. */
  private void complain(AtSign from, String why) {
    if (complaints.size() >= COMPLAINTS) {
      complaints.clear();
    }
    if (complaints.add(from + " " + why)) {
      AtServerLog.notificationDropped(self, from, why);
    }
  }
}
