package org.noports.atserver.pq;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueRecords;

/** What an atSign sees of a world in which every record is in one map. */
record FakeRecords(AtSign self, World world) implements ValueRecords {
  /** All records, by their full names. */
  static final class World {
    final Map<String, String> open = new ConcurrentHashMap<>();
    final Map<String, SealedValue> sealed = new ConcurrentHashMap<>();
    final Map<String, Lifetime> lifetimes = new ConcurrentHashMap<>();
    final List<String> lookUps = new ArrayList<>();
  }

  @Override
  public CompletionStage<String> lookUpPublic(String name, AtSign owner) {
    return found(world.open, "public:" + name + owner);
  }

  @Override
  public CompletionStage<SealedValue> lookUpSealed(String name, AtSign owner) {
    return found(world.sealed, self + ":" + name + owner);
  }

  private <T> CompletionStage<T> found(Map<String, T> records, String key) {
    world.lookUps.add(key);
    return Optional.ofNullable(records.get(key))
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> CompletableFuture.failedFuture(new ValueNotFound("There is no " + key)));
  }

  @Override
  public CompletionStage<Void> putSealed(
      String name, AtSign reader, SealedValue value, Lifetime lifetime) {
    String key = reader + ":" + name + self;
    world.sealed.put(key, value);
    world.lifetimes.put(key, lifetime);
    return CompletableFuture.completedFuture(null);
  }
}
