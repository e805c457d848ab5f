package org.noports.testkit.fakes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;

/** A session that hears what the test says, and keeps what was sent for the test to take. */
public final class FakeAtServerSession implements AtServerSession {
  private static final int PATIENCE_SECONDS = 60;

  private final FakeAtServers world;
  private final AtSign self;
  private final List<Hearing> hearings = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<OutgoingNotification> sent = new LinkedBlockingQueue<>();
  private volatile boolean deaf;

  private record Hearing(Predicate<String> wanted, Consumer<Notification> listener) {}

  FakeAtServerSession(FakeAtServers world, AtSign self) {
    this.world = world;
    this.self = self;
  }

  /** Says something to whoever listens. */
  public void deliver(AtSign from, String name, String value) {
    deliver(from, name, value, Duration.ZERO);
  }

  /** Says something that was said some time ago. */
  public void deliver(AtSign from, String name, String value, Duration age) {
    Notification notification =
        new Notification(
            UUID.randomUUID().toString(),
            from,
            name,
            value,
            "update",
            Instant.now().minus(age),
            age);
    for (Hearing hearing : hearings) {
      if (hearing.wanted.test(name)) {
        hearing.listener.accept(notification);
      }
    }
  }

  /** The next notification that was sent; an {@link AssertionError} if none comes. */
  public OutgoingNotification takeSent() throws InterruptedException {
    OutgoingNotification next = sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing was sent by " + self);
    }
    return next;
  }

  /** Whether nothing was sent that the test has not taken. */
  public boolean nothingSent() {
    return sent.isEmpty();
  }

  /** Waits until somebody subscribes who has not been waited for yet. */
  public void awaitSubscriber() throws InterruptedException {
    if (heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
      throw new AssertionError("Nobody listens to " + self);
    }
  }

  /** How many listen now. */
  public int subscribers() {
    return hearings.size();
  }

  /** From now on nothing can be sent. */
  public void loseConnection() {
    deaf = true;
  }

  @Override
  public AtSign self() {
    return self;
  }

  @Override
  public CompletionStage<String> notify(OutgoingNotification notification) {
    if (deaf) {
      return CompletableFuture.failedFuture(new AtServerUnavailable("The connection is lost"));
    }
    sent.add(notification);
    return CompletableFuture.completedFuture(UUID.randomUUID().toString());
  }

  @Override
  public Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener) {
    Hearing hearing = new Hearing(wanted, listener);
    hearings.add(hearing);
    heard.add(1);
    return () -> hearings.remove(hearing);
  }

  @Override
  public CompletionStage<String> publicKeyOf(AtSign atSign) {
    return found(world.encryptionKeys.get(atSign), "the public key of " + atSign);
  }

  @Override
  public CompletionStage<String> lookUpPublic(String name, AtSign owner) {
    return found(world.publicValues.get(name + owner), name + owner);
  }

  private static CompletionStage<String> found(String value, String what) {
    return Optional.ofNullable(value)
        .<CompletionStage<String>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> CompletableFuture.failedFuture(missing(what)));
  }

  private static NoPortsException missing(String what) {
    return new ValueNotFound("There is no " + what);
  }

  @Override
  public CompletionStage<Void> putPublic(String name, String value) {
    world.publish(name, self, value);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> putShared(
      String name, AtSign reader, String value, Lifetime lifetime) {
    world.publicValues.put(reader + ":" + name + self, value);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<String> lookUpShared(String name, AtSign owner) {
    return found(world.publicValues.get(self + ":" + name + owner), name + owner);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(String name, String value, Lifetime lifetime) {
    return CompletableFuture.completedFuture(
        world.publicValues.putIfAbsent(self + ":" + name + self, value) == null);
  }

  @Override
  public CompletionStage<Void> deleteShared(String name, AtSign reader) {
    world.publicValues.remove(reader + ":" + name + self);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<String>> scan(String regex) {
    return CompletableFuture.completedFuture(
        world.publicValues.keySet().stream().filter(key -> key.matches(regex)).toList());
  }

  @Override
  public boolean connected() {
    return !deaf;
  }
}
