package org.noports.benchmarks;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.StoreChange;
import org.noports.store.mvstore.EmbeddedAtStore;

/**
 * The embedded store without atServer and TLS, beside a plain Redis with {@code appendfsync
 * always}: what a group commit costs. For profiling; the goal is measured by {@code control-plane}.
 */
public final class StoreAlone {
  private static final int WRITERS = 50;
  private static final int KEYS = 2000;
  private static final int VALUE_BYTES = 200;
  private static final int REQUESTS = 60_000;
  private static final long SECONDS = 2;

  private final LongAdder answered = new LongAdder();
  private final byte[] value = new byte[VALUE_BYTES];
  private final List<AtSignStore> spaces;
  private volatile boolean enough;

  private StoreAlone(AtStore store) {
    new Random(1).nextBytes(value);
    this.spaces =
        IntStream.range(0, WRITERS)
            .mapToObj(i -> store.create(AtSign.of("@w" + i)).toCompletableFuture().join())
            .toList();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("noports-store");
    int port = freePort();
    Process redis = redis(folder, port);
    Report report = new Report(System.out);
    StoreAlone alone = new StoreAlone(new EmbeddedAtStore(config(folder)));
    Map<String, Samples> samples =
        Rounds.run(2, 5, Map.of("ours", alone::perSecond, "redis", () -> redisPerSecond(port)));
    report.figure(
        "batches/s, 50 writers : Redis SET, plain",
        samples.get("ours"),
        samples.get("redis"),
        "/s");
    redis.destroy();
    // The store's threads end with us.
    System.exit(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The defaults, but for the place. */
  private static EmbeddedAtStore.Config config(Path folder) {
    return (EmbeddedAtStore.Config)
        Proxy.newProxyInstance(
            StoreAlone.class.getClassLoader(),
            new Class<?>[] {EmbeddedAtStore.Config.class},
            (proxy, method, none) ->
                method.getName().equals("file")
                    ? folder.resolve("store.mv.db").toString()
                    : method.getDefaultValue());
  }

  private double perSecond() throws InterruptedException {
    enough = false;
    for (int writer = 0; writer < WRITERS; writer++) {
      next(writer, new Random(writer));
    }
    long before = answered.sum();
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(SECONDS);
    double rate = (answered.sum() - before) * 1e9 / (System.nanoTime() - began);
    enough = true;
    return rate;
  }

  private void next(int writer, Random random) {
    StoreChange put =
        new StoreChange.Put(
            "key" + random.nextInt(KEYS) + "@w" + writer,
            value,
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    spaces
        .get(writer)
        .apply(UUID.randomUUID().toString(), List.of(put))
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                throw new CompletionException(failure);
              }
              answered.increment();
              if (!enough) {
                next(writer, random);
              }
            });
  }

  private static Process redis(Path folder, int port) throws Exception {
    return new ProcessBuilder(
            "redis-server",
            "--port",
            "" + port,
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            "",
            "--dir",
            folder.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static double redisPerSecond(int port) throws Exception {
    Process process =
        new ProcessBuilder(
                "redis-benchmark",
                "-p",
                "" + port,
                "-n",
                "" + REQUESTS,
                "-r",
                "" + WRITERS * KEYS,
                "-d",
                "" + VALUE_BYTES,
                "-c",
                "" + WRITERS,
                "-t",
                "set",
                "--csv")
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String last = text.strip().lines().reduce((a, b) -> b).orElseThrow();
    return Double.parseDouble(last.split(",")[1].replace("\"", ""));
  }
}
