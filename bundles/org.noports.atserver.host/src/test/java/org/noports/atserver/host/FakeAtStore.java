package org.noports.atserver.host;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.StoreCapabilities;

/** A store in memory; outlives the host that uses it, as a real one outlives a restart. */
final class FakeAtStore implements AtStore {
  private final ConcurrentSkipListMap<AtSign, FakeAtSignStore> spaces =
      new ConcurrentSkipListMap<>();

  private final AtomicLong leads = new AtomicLong();
  private final Clock clock;

  /** How often anything was written or claimed in any space. */
  final AtomicLong work = new AtomicLong();

  FakeAtStore() {
    this(Clock.systemUTC());
  }

  /** A store whose time is the test's. */
  FakeAtStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public StoreCapabilities capabilities() {
    return new StoreCapabilities(
        StoreCapabilities.Durability.NOTHING, 16_000_000, false, Duration.ZERO);
  }

  @Override
  public CompletionStage<Optional<AtSignStore>> open(AtSign atSign) {
    return CompletableFuture.completedFuture(Optional.ofNullable(spaces.get(atSign)));
  }

  @Override
  public CompletionStage<AtSignStore> create(AtSign atSign) {
    return CompletableFuture.completedFuture(
        spaces.computeIfAbsent(atSign, name -> new FakeAtSignStore(name, clock, work)));
  }

  @Override
  public CompletionStage<Boolean> drop(AtSign atSign) {
    return CompletableFuture.completedFuture(spaces.remove(atSign) != null);
  }

  @Override
  public CompletionStage<List<AtSign>> atSigns(Optional<AtSign> after, int limit) {
    return CompletableFuture.completedFuture(
        spaces.keySet().stream()
            .filter(name -> after.map(a -> name.compareTo(a) > 0).orElse(true))
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Optional<Long>> leader(String name, Duration lease) {
    return CompletableFuture.completedFuture(Optional.of(leads.incrementAndGet()));
  }
}
