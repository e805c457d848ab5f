package org.noports.testkit.fakes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;

/** One atSign's session in {@link AtServerWorld}. */
final class WorldSession implements AtServerSession {
  private final AtServerWorld world;
  private final AtSign self;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  WorldSession(AtServerWorld world, AtSign self) {
    this.world = world;
    this.self = self;
  }

  private record Listener(Predicate<String> wanted, Consumer<Notification> listener) {}

  void hear(Notification message) {
    for (Listener listener : listeners) {
      if (listener.wanted().test(message.name())) {
        listener.listener().accept(message);
      }
    }
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public AtSign self() {
    return self;
  }

  @Override
  public CompletionStage<String> notify(OutgoingNotification notification) {
    return world.deliver(self, notification);
  }

  @Override
  public Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener) {
    Listener added = new Listener(wanted, listener);
    listeners.add(added);
    return () -> listeners.remove(added);
  }

  @Override
  public CompletionStage<String> publicKeyOf(AtSign atSign) {
    return world.publicKey(atSign);
  }

  @Override
  public CompletionStage<String> lookUpPublic(String name, AtSign owner) {
    return world.isReadable(owner)
        ? found("public:" + name + owner)
        : AtServerWorld.failed(new AtServerUnavailable("The atServer of " + owner + " is slow"));
  }

  @Override
  public CompletionStage<Void> putPublic(String name, String value) {
    return world.isWritable(self)
        ? put("public:" + name + self, value)
        : AtServerWorld.failed(new AtServerUnavailable("The atServer of " + self + " is slow"));
  }

  @Override
  public CompletionStage<Void> putShared(
      String name, AtSign reader, String value, Lifetime lifetime) {
    return put(reader + ":" + name + self, value);
  }

  @Override
  public CompletionStage<String> lookUpShared(String name, AtSign owner) {
    return found(self + ":" + name + owner);
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(String name, String value, Lifetime lifetime) {
    return CompletableFuture.completedFuture(
        world.values().putIfAbsent(self + ":" + name + self, value) == null);
  }

  @Override
  public CompletionStage<Void> deleteShared(String name, AtSign reader) {
    world.values().remove(reader + ":" + name + self);
    return CompletableFuture.completedFuture(null);
  }

  /** What was shared with us, as our atServer caches it. */
  @Override
  public CompletionStage<List<String>> scan(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return CompletableFuture.completedFuture(
        world.values().keySet().stream()
            .filter(key -> key.startsWith(self + ":") && pattern.matcher(key).find())
            .map(key -> "cached:" + key)
            .sorted()
            .toList());
  }

  @Override
  public boolean connected() {
    return true;
  }

  private CompletionStage<Void> put(String key, String value) {
    world.values().put(key, value);
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<String> found(String key) {
    return Optional.ofNullable(world.values().get(key))
        .<CompletionStage<String>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> AtServerWorld.failed(new ValueNotFound("There is no " + key)));
  }
}
