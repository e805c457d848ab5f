package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;

/** Runs in a process whose files may not grow beyond a limit: writes until that is reached. */
final class FullDiskProgram {
  private static final int VALUE_BYTES = 50_000;

  private FullDiskProgram() {}

  public static void main(String[] args) throws Exception {
    EmbeddedAtStore store = EmbeddedStores.open(Path.of(args[0]), Clock.systemUTC());
    AtSignStore space = Stages.value(store.create(AtSign.of("@alice")));
    int kept = 0;
    Optional<String> failure = put(space, kept);
    while (failure.isEmpty()) {
      kept++;
      failure = put(space, kept);
    }
    int count = kept;
    System.out.println("kept " + count);
    System.out.println("failed " + failure.get());
    System.out.println("health " + store.check().status());
    System.out.flush();
    Eventually.holds(() -> store.check().status() == Health.Status.OK);
    for (int i = 0; i < count; i++) {
      Stages.value(space.get("key" + i)).orElseThrow();
    }
    System.out.println("again " + put(space, count + 1).orElse("works"));
    store.close();
  }

  private static Optional<String> put(AtSignStore space, int number) throws InterruptedException {
    StoreChange.Put put =
        new StoreChange.Put(
            "key" + number,
            UUID.randomUUID().toString().repeat(VALUE_BYTES / 36).getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    try {
      space.apply("request" + number, List.of(put)).toCompletableFuture().get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(((StoreFailed) e.getCause()).getMessage());
    }
  }
}
