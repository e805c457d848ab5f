package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;
import org.noports.api.store.StoreEntry;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;

/** What one seed of the power-cut contract does to a store, and what the store must have then. */
final class PowerCutWorld {
  private static final int ATSIGNS = 3;
  private static final int KEYS = 12;
  private static final Duration LEASE = Duration.ofSeconds(20);

  /** What one atSign's space must have. */
  private static final class Expected {
    final Map<String, String> values = new TreeMap<>();
    final Map<String, QueueItem> queue = new TreeMap<>();
    final Map<String, Instant> leases = new HashMap<>();
    final Map<String, BatchResult> answers = new LinkedHashMap<>();
    final Map<String, PowerCutBatch> batches = new HashMap<>();
    final PowerCutNotes notes = new PowerCutNotes();
    long lastCommit;
  }

  private final Random random;
  private final TestClock clock;
  private final List<Expected> expected = new ArrayList<>();
  private final List<PowerCutBatch> unknown = new ArrayList<>();
  private Optional<QueueItem> unsettled = Optional.empty();
  private int unsettledAtSign;
  private int number;

  PowerCutWorld(Random random, TestClock clock) {
    this.random = random;
    this.clock = clock;
    for (int i = 0; i < ATSIGNS; i++) {
      expected.add(new Expected());
    }
  }

  private static AtSign name(int atSign) {
    return AtSign.of("@sign" + atSign);
  }

  /**
   * Works on the store until the power fails or the work is done.
   *
   * @param steps how much work
   */
  void work(AtStore store, int steps) {
    try {
      for (int step = 0; step < steps; step++) {
        switch (random.nextInt(12)) {
          case 0 -> sweep(store, random.nextInt(ATSIGNS));
          case 1, 2 -> queue(store, random.nextInt(ATSIGNS));
          default -> batches(store);
        }
      }
    } catch (ExecutionException e) {
      // The power is off; what was under way is noted as unknown.
      return;
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws ExecutionException {
    try {
      return stage.toCompletableFuture().get();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Some batches at once, of different keys: they may share a group, and its fate. */
  private void batches(AtStore store) throws ExecutionException {
    int count = 1 + random.nextInt(4);
    List<PowerCutBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "key" + (i * KEYS + random.nextInt(KEYS));
      int length = random.nextInt(30) == 0 ? 20_000 : random.nextInt(600);
      Optional<String> value =
          random.nextInt(5) == 0 ? Optional.empty() : Optional.of(number + "x".repeat(length));
      int atSign = random.nextInt(ATSIGNS);
      boolean once = random.nextInt(3) == 0;
      batches.add(new PowerCutBatch(atSign, "id" + number++, key, value, once));
    }
    unknown.addAll(batches);
    List<CompletionStage<BatchResult>> answers = new ArrayList<>();
    for (PowerCutBatch batch : batches) {
      answers.add(
          store.create(name(batch.atSign())).thenCompose(space -> batch.submit(space, clock)));
    }
    Optional<ExecutionException> failure = Optional.empty();
    for (int i = 0; i < count; i++) {
      try {
        acknowledged(batches.get(i), await(answers.get(i)));
      } catch (ExecutionException e) {
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void acknowledged(PowerCutBatch batch, BatchResult result) {
    unknown.remove(batch);
    Expected space = expected.get(batch.atSign());
    batch
        .value()
        .ifPresentOrElse(
            v -> space.values.put(batch.key(), v), () -> space.values.remove(batch.key()));
    long commit = ((BatchResult.Applied) result).commitIds().get(0);
    check(commit > 0, "a batch was answered with commit " + commit);
    space.lastCommit = Math.max(space.lastCommit, commit);
    if (batch.once()) {
      return;
    }
    space.answers.put(batch.id(), result);
    space.batches.put(batch.id(), batch);
    space.notes.acknowledged(batch.id(), clock);
    space.queue.put(
        batch.id(), new QueueItem(batch.id(), "@x", new byte[0], 0, clock.instant(), ""));
  }

  private void sweep(AtStore store, int atSign) throws ExecutionException {
    Optional<AtSignStore> space = await(store.open(name(atSign)));
    if (space.isPresent()) {
      await(space.get().sweep(1 + random.nextInt(20)));
    }
  }

  /** Claims one item, and often settles it. */
  private void queue(AtStore store, int atSign) throws ExecutionException {
    Optional<AtSignStore> space = await(store.open(name(atSign)));
    if (space.isEmpty()) {
      return;
    }
    unsettledAtSign = atSign;
    Expected has = expected.get(atSign);
    // Which one a claim takes cannot be known before: until it is said, any may have been taken.
    unsettled = Optional.of(new QueueItem("", "", new byte[0], 0, clock.instant(), ""));
    List<QueueItem> claimed = await(space.get().claim(1, LEASE));
    unsettled = Optional.empty();
    for (QueueItem item : claimed) {
      QueueItem before = has.queue.put(item.id(), item);
      check(before != null, "the queue gave out " + item.id() + ", which was settled");
      check(before.attempts() < item.attempts(), "an attempt was forgotten");
      has.leases.put(item.id(), clock.instant().plus(LEASE));
      if (random.nextBoolean()) {
        unsettled = Optional.of(item);
        await(space.get().settle(item, new QueueOutcome.Sent()));
        unsettled = Optional.empty();
        has.queue.remove(item.id());
      }
    }
  }

  /** Holds the store against what was acknowledged, then asks again what was left open. */
  void check(AtStore store) {
    for (int i = 0; i < ATSIGNS; i++) {
      Optional<AtSignStore> space = Stages.value(store.open(name(i)));
      if (space.isEmpty()) {
        check(expected.get(i).lastCommit == 0, "nothing is left of " + name(i));
      } else {
        check(space.get(), i);
      }
    }
    for (PowerCutBatch batch : List.copyOf(unknown)) {
      AtSignStore space = Stages.value(store.create(name(batch.atSign())));
      acknowledged(batch, Stages.value(batch.submit(space, clock)));
    }
    for (int i = 0; i < ATSIGNS; i++) {
      int atSign = i;
      Stages.value(store.open(name(i))).ifPresent(space -> checkQueue(space, atSign));
    }
  }

  private void check(AtSignStore space, int atSign) {
    Expected has = expected.get(atSign);
    Map<String, PowerCutBatch> open = new HashMap<>();
    unknown.stream().filter(it -> it.atSign() == atSign).forEach(it -> open.put(it.key(), it));
    Map<String, String> found = new TreeMap<>();
    for (StoreEntry entry : Stages.value(space.scan("", Optional.empty(), 1000))) {
      found.put(entry.key(), new String(entry.value(), UTF_8));
    }
    for (int k = 0; k < 4 * KEYS; k++) {
      String key = "key" + k;
      Optional<String> value = Optional.ofNullable(found.get(key));
      boolean old = value.equals(Optional.ofNullable(has.values.get(key)));
      boolean newer = open.containsKey(key) && value.equals(open.get(key).value());
      check(
          old || newer,
          key
              + " of "
              + name(atSign)
              + " has "
              + value.map(PowerCutWorld::brief)
              + ", acknowledged was "
              + Optional.ofNullable(has.values.get(key)).map(PowerCutWorld::brief));
    }
    has.notes.check(space, clock);
    check(Stages.value(space.lastCommit()) >= has.lastCommit, "commit ids went back");
    long before = 0;
    for (StoreEntry entry : Stages.value(space.log(0, "", 1000)).entries()) {
      check(entry.commitId() > before, "the log is out of order");
      check(entry.deleted() != found.containsKey(entry.key()), "log and entries differ");
      before = entry.commitId();
    }
    has.answers.entrySet().stream()
        .skip(Math.max(0, has.answers.size() - 3))
        .forEach(
            answer -> {
              PowerCutBatch batch = has.batches.get(answer.getKey());
              BatchResult again = Stages.value(space.apply(batch.id(), batch.changes(clock)));
              check(again.equals(answer.getValue()), batch.id() + " was applied twice");
            });
  }

  /** Everything queued is there once, nothing settled came back, and leases hold. */
  private void checkQueue(AtSignStore space, int atSign) {
    Expected has = expected.get(atSign);
    Optional<QueueItem> open = unsettled.filter(it -> atSign == unsettledAtSign);
    long queued = Stages.value(space.queued());
    for (QueueItem item : Stages.value(space.claim(10_000, LEASE))) {
      boolean leased = has.leases.getOrDefault(item.id(), Instant.MIN).isAfter(clock.instant());
      check(!leased, "the lease of " + item.id() + " was forgotten");
    }
    clock.advance(LEASE);
    Map<String, QueueItem> found = new TreeMap<>();
    for (QueueItem item : Stages.value(space.claim(10_000, LEASE))) {
      check(found.put(item.id(), item) == null, item.id() + " is queued twice");
    }
    check(found.size() == queued, queued + " are said to be queued, " + found.size() + " are");
    open.ifPresent(
        item -> {
          if (!found.containsKey(item.id())) {
            has.queue.remove(item.id());
          }
        });
    check(
        found.keySet().equals(has.queue.keySet()),
        "queued are " + found.keySet() + ", not " + has.queue.keySet());
    has.queue.putAll(found);
    clock.advance(LEASE);
    unsettled = unsettled.filter(it -> open.isEmpty());
  }

  private static String brief(String value) {
    return value.substring(0, Math.min(12, value.length())) + ".." + value.length();
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
