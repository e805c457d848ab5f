package org.noports.benchmarks.control;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Pieces;
import org.noports.benchmarks.wire.Wire;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Running;

/** Starts a host that has many atSigns on one port, until the last of them answers. */
final class ManyAtSigns {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int TRY_MILLIS = 20;
  private static final int ANSWER_MILLIS = 2_000;

  private final Distribution distribution;
  private final Driver driver;
  private final HostFiles files;
  private final String last;

  private ManyAtSigns(Distribution distribution, Driver driver, HostFiles files, int count) {
    this.distribution = distribution;
    this.driver = driver;
    this.files = files;
    this.last = SeedAtSigns.name(count - 1);
  }

  static ManyAtSigns provisioned(
      Distribution distribution, Driver driver, HostFiles files, int count) throws IOException {
    var file = files.home().resolve("data/store/noports.mv.db");
    Files.createDirectories(file.getParent());
    try (Running seeding =
        Running.start(
            new ProcessBuilder(
                "java",
                "-cp",
                System.getProperty("java.class.path"),
                SeedAtSigns.class.getName(),
                file.toString(),
                "" + count))) {
      seeding.await(LIMIT).orFail();
    }
    return new ManyAtSigns(distribution, driver, files, count);
  }

  /** Milliseconds from the command to the last atSign's answer. */
  double startMillis() throws Exception {
    long begin = System.nanoTime();
    Running running = Host.run(distribution, files);
    try {
      Peers.awaitPort(files.atServer(), "The atServer");
      CountDownLatch never = new CountDownLatch(1);
      while (!answers()) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new IllegalStateException(last + " did not answer within " + LIMIT);
        }
        never.await(TRY_MILLIS, TimeUnit.MILLISECONDS);
      }
      return (System.nanoTime() - begin) / 1e6;
    } finally {
      Host.stop(running);
    }
  }

  private boolean answers() throws Exception {
    CompletableFuture<Boolean> challenged = new CompletableFuture<>();
    String host = last.substring(1) + "." + HostFiles.DOMAIN;
    try (Wire wire =
        driver
            .connect(
                host,
                files.atServer(),
                made ->
                    Pieces.lines(line -> challenged.complete(line.bytesBefore((byte) 'd') >= 0)))
            .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
      wire.send("from:" + last + "\n");
      return challenged.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    }
  }
}
