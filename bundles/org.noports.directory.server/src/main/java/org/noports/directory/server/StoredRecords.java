package org.noports.directory.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.LogPage;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/**
 * The records, as a store holds them in the space {@link AtStore#DIRECTORY}: the key is the bare
 * name, the value {@code host:port}. Each directory over the store reads all once, then follows the
 * store's log; a store that is away takes nothing from the answers.
 */
final class StoredRecords implements Records {
  private static final int PAGE = 1000;
  private static final int PATIENCE_SECONDS = 5;

  private final Supplier<Optional<AtStore>> stores;
  private final SortedMap<AtSign, HostPort> records = new ConcurrentSkipListMap<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private Optional<AtStore> read = Optional.empty();
  private long seen;
  private volatile String trouble = "";

  /**
   * @param stores the store that is there now
   */
  StoredRecords(Supplier<Optional<AtStore>> stores) {
    this.stores = stores;
  }

  @Override
  public SortedMap<AtSign, HostPort> all() {
    return Collections.unmodifiableSortedMap(records);
  }

  @Override
  public Map<String, String> answers() {
    return Collections.unmodifiableMap(answers);
  }

  @Override
  public synchronized void look() {
    try {
      AtStore store = store();
      AtSignStore space = await(store.create(AtStore.DIRECTORY));
      if (!read.equals(Optional.of(store)) || !follow(space)) {
        readAll(space);
        read = Optional.of(store);
        DirectoryServerLog.readStore(records.size());
      }
      trouble = "";
    } catch (StoreFailed e) {
      tell(e.getMessage() + "; what the store said before counts");
    }
  }

  /** False if the log does not reach back to what was seen. */
  private boolean follow(AtSignStore space) throws StoreFailed {
    LogPage page;
    do {
      page = await(space.log(seen, "", PAGE));
      if (page.resync()) {
        return false;
      }
      for (StoreEntry entry : page.entries()) {
        take(entry);
        seen = entry.commitId();
      }
    } while (page.entries().size() == PAGE);
    return true;
  }

  private void readAll(AtSignStore space) throws StoreFailed {
    // Before reading: what comes meanwhile is in the log behind it and read again.
    long last = await(space.lastCommit());
    SortedMap<AtSign, HostPort> gone = new ConcurrentSkipListMap<>(records);
    Optional<String> after = Optional.empty();
    List<StoreEntry> page;
    do {
      page = await(space.scan("", after, PAGE));
      for (StoreEntry entry : page) {
        take(entry).ifPresent(gone::remove);
        after = Optional.of(entry.key());
      }
    } while (page.size() == PAGE);
    gone.keySet().forEach(this::drop);
    seen = last;
  }

  /** The record's atSign; empty if the entry is none of ours. */
  private Optional<AtSign> take(StoreEntry entry) {
    try {
      AtSign atSign = AtSign.of(entry.key());
      if (entry.deleted()) {
        drop(atSign);
      } else {
        put(atSign, HostPort.of(new String(entry.value(), UTF_8)));
      }
      return Optional.of(atSign);
    } catch (IllegalArgumentException e) {
      DirectoryServerLog.strangeRecord(entry.key(), e.getMessage());
      return Optional.empty();
    }
  }

  private void put(AtSign atSign, HostPort address) {
    records.put(atSign, address);
    answers.put(atSign.bare(), address.toString());
  }

  private void drop(AtSign atSign) {
    records.remove(atSign);
    answers.remove(atSign.bare());
  }

  @Override
  public synchronized void register(AtSign atSign, HostPort address) throws StoreFailed {
    if (address.equals(records.get(atSign)) && trouble.isEmpty()) {
      return;
    }
    apply(
        new StoreChange.Put(
            atSign.bare(),
            address.toString().getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY));
    put(atSign, address);
    DirectoryServerLog.registered(atSign, address);
  }

  @Override
  public synchronized boolean remove(AtSign atSign) throws StoreFailed {
    look();
    boolean present = records.containsKey(atSign);
    if (present) {
      apply(new StoreChange.Delete(atSign.bare(), true, StoreChange.Precondition.ANY));
      drop(atSign);
      DirectoryServerLog.removed(atSign);
    }
    return present;
  }

  private void apply(StoreChange change) throws StoreFailed {
    AtSignStore space = await(store().create(AtStore.DIRECTORY));
    await(space.apply(UUID.randomUUID().toString(), List.of(change)));
  }

  private AtStore store() throws StoreFailed {
    return stores
        .get()
        .orElseThrow(
            () ->
                new StoreFailed(
                    "The atDirectory's records are to be in a store (recordsIn), and none is here:"
                        + " start a bundle that provides AtStore, for example"
                        + " org.noports.store.mvstore"));
  }

  private static <T> T await(CompletionStage<T> stage) throws StoreFailed {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StoreFailed("The store of the records failed: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new StoreFailed(
          "The store of the records did not answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("Stopped while the store was being asked", e);
    }
  }

  private void tell(String sentence) {
    if (!sentence.equals(trouble)) {
      DirectoryServerLog.trouble(sentence);
    }
    trouble = sentence;
  }

  @Override
  public Health health() {
    return trouble.isEmpty()
        ? Health.ok(records.size() + " records from the store")
        : Health.degraded(trouble);
  }
}
