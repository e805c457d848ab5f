package org.noports.testkit.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.NoPortsException;
import org.noports.api.RequirementUnmet;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;

/**
 * AtServers of several atSigns in memory: what one notifies the other hears, on a thread of the
 * world's own as real ones do, in the order in which it was taken; no two are taken in the same
 * millisecond. Values are clear.
 */
public final class AtServerWorld implements AtServers, AutoCloseable {
  private final Map<AtSign, WorldSession> sessions = new ConcurrentHashMap<>();
  private final Map<AtSign, String> publicKeys = new ConcurrentHashMap<>();
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Set<AtSign> unreachable = ConcurrentHashMap.newKeySet();
  private final Set<AtSign> unreadable = ConcurrentHashMap.newKeySet();
  private final Set<AtSign> withheld = ConcurrentHashMap.newKeySet();
  private final Set<AtSign> unwritable = ConcurrentHashMap.newKeySet();
  private final Set<AtSign> keyless = ConcurrentHashMap.newKeySet();
  private final List<Notification> sent = new CopyOnWriteArrayList<>();
  private volatile Duration lag = Duration.ZERO;
  private volatile UnaryOperator<Notification> between = UnaryOperator.identity();
  private Instant taken = Instant.EPOCH;
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-atservers");
            thread.setDaemon(true);
            return thread;
          });

  /** Adds atSigns that publish these identities' keys. */
  public AtServerWorld with(RealKeys... identities) {
    for (RealKeys identity : identities) {
      publicKeys.put(identity.atSign(), identity.encryptionPublicKey());
      sessions.put(identity.atSign(), new WorldSession(this, identity.atSign()));
    }
    return this;
  }

  /** From now on {@code atSign} seems to have another's key: its atServer's operator lies. */
  public void swapKey(AtSign atSign, String publicKey) {
    publicKeys.put(atSign, publicKey);
  }

  /** From now on nobody gets a session of {@code atSign}; those that stand go on. */
  public void cutOff(AtSign atSign) {
    unreachable.add(atSign);
  }

  /** Undoes {@link #cutOff}. */
  public void restore(AtSign atSign) {
    unreachable.remove(atSign);
  }

  /** From now on public values of {@code owner} cannot be read, or can be again. */
  public void readable(AtSign owner, boolean can) {
    set(unreadable, owner, !can);
  }

  /**
   * From now on all write by a codec that declines {@code reader} only: he publishes no key for it,
   * or does again.
   */
  public void keyless(AtSign reader, boolean is) {
    set(keyless, reader, is);
  }

  /** From now on {@code owner} cannot publish values, or can again. */
  public void writable(AtSign owner, boolean can) {
    set(unwritable, owner, !can);
  }

  private static void set(Set<AtSign> those, AtSign owner, boolean belongs) {
    if (belongs) {
      those.add(owner);
    } else {
      those.remove(owner);
    }
  }

  boolean isReadable(AtSign owner) {
    return !unreadable.contains(owner);
  }

  boolean isWritable(AtSign owner) {
    return !unwritable.contains(owner);
  }

  /** From now on what is told arrives as if its receiver had been away for so long. */
  public void lag(Duration time) {
    lag = time;
  }

  /** From now on somebody between the atSigns sees every message and may change it. */
  public void between(UnaryOperator<Notification> somebody) {
    between = somebody;
  }

  /** From now on {@code atSign} seems to have no key. */
  public void hideKey(AtSign atSign) {
    publicKeys.remove(atSign);
  }

  /** From now on nobody can find out which key {@code owner} has, or can again. */
  public void withholdKey(AtSign owner, boolean does) {
    set(withheld, owner, does);
  }

  /** Everything that was notified so far, in order. */
  public List<Notification> sent() {
    return List.copyOf(sent);
  }

  /** Stored values by {@code reader:name@owner} or {@code public:name@owner}. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public CompletionStage<AtServerSession> session(AtSign self) {
    if (unreachable.contains(self)) {
      return failed(new AtServerUnavailable("The atServer of " + self + " does not answer"));
    }
    WorldSession session = sessions.get(self);
    return session == null ? unknown(self) : CompletableFuture.completedFuture(session);
  }

  /** The session of an atSign that was added. */
  public AtServerSession of(AtSign self) {
    return sessions.get(self);
  }

  /** How many subscriptions an atSign has now. */
  public int listeners(AtSign self) {
    return sessions.get(self).listeners();
  }

  CompletionStage<String> deliver(AtSign from, OutgoingNotification outgoing) {
    WorldSession receiver = sessions.get(outgoing.to());
    if (receiver == null) {
      return unknown(outgoing.to());
    }
    if (outgoing.strict() && keyless.contains(outgoing.to())) {
      return failed(new RequirementUnmet(outgoing.to() + " publishes no post-quantum key"));
    }
    return CompletableFuture.completedFuture(take(from, outgoing, receiver).id());
  }

  private synchronized Notification take(
      AtSign from, OutgoingNotification outgoing, WorldSession receiver) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    taken = now.isAfter(taken) ? now : taken.plusMillis(1);
    Notification honest =
        new Notification(
            UUID.randomUUID().toString(),
            from,
            outgoing.name(),
            outgoing.value(),
            "update",
            taken.minus(lag),
            lag);
    Notification message = between.apply(honest);
    sent.add(message);
    loop.execute(() -> receiver.hear(message));
    return message;
  }

  CompletionStage<String> publicKey(AtSign atSign) {
    if (withheld.contains(atSign)) {
      return failed(new AtServerUnavailable("The atServer of " + atSign + " does not answer"));
    }
    String key = publicKeys.get(atSign);
    return key == null ? unknown(atSign) : CompletableFuture.supplyAsync(() -> key, loop);
  }

  static <T> CompletionStage<T> failed(NoPortsException failure) {
    return CompletableFuture.failedFuture(failure);
  }

  private static <T> CompletionStage<T> unknown(AtSign atSign) {
    return failed(new AtSignNotFound("There is no atSign " + atSign));
  }

  @Override
  public void close() {
    loop.shutdownNow();
  }
}
