package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.StoreChange;

/**
 * What the process does that a test kills: writes without end, and says each key once it was
 * acknowledged. An engine's tests have a {@code main} that opens the engine and calls {@link #run}.
 */
public final class CrashWriter {
  static final int WRITERS = 8;

  private CrashWriter() {}

  /** Writes until the process is killed. */
  public static void run(AtStore store, PrintStream out) {
    CompletableFuture<?>[] writers = new CompletableFuture<?>[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      AtSign atSign = AtSign.of("@writer" + i);
      writers[i] =
          store.create(atSign).thenCompose(space -> write(space, 0, out)).toCompletableFuture();
    }
    CompletableFuture.allOf(writers).join();
  }

  private static CompletableFuture<Void> write(AtSignStore space, int number, PrintStream out) {
    String key = "key" + number;
    StoreChange.Put put =
        new StoreChange.Put(
            key,
            value(key).getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    StoreChange.Put twin =
        new StoreChange.Put(
            "twin." + key,
            put.value(),
            put.metadata(),
            put.visibleFrom(),
            put.expiresAt(),
            true,
            put.precondition());
    return space
        .apply("request" + number, List.of(put, twin))
        .thenComposeAsync(
            result -> {
              synchronized (out) {
                out.println(space.atSign() + " " + key);
                out.flush();
              }
              return write(space, number + 1, out);
            })
        .toCompletableFuture();
  }

  /** What the writer stores under {@code key}. */
  static String value(String key) {
    return key + " ".repeat(Math.floorMod(key.hashCode(), 400)) + key;
  }
}
