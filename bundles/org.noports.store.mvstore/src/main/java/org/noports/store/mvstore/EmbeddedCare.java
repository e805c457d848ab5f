package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreReport;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.records.RecordReader;

/** Backs up, restores and compacts while the store is in use; one after the other. */
final class EmbeddedCare implements StoreCare {
  private final StoreEngine engine;
  private final Disk disk;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "noports-store-care"));

  EmbeddedCare(StoreEngine engine, Disk disk) {
    this.engine = engine;
    this.disk = disk;
  }

  @Override
  public CompletionStage<StoreReport> backup(Path file, Optional<AtSign> only) {
    return later(file, () -> engine.reading(view -> written(view, file, only)));
  }

  private StoreReport written(View view, Path file, Optional<AtSign> only) throws StoreFailed {
    try {
      return new Backup(disk, view).write(file, only);
    } catch (IOException e) {
      throw new StoreFailed(
          "The backup " + file + " cannot be written (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public CompletionStage<StoreReport> restore(Path file, boolean replace) {
    return later(file, () -> restored(file, replace));
  }

  private StoreReport restored(Path file, boolean replace) throws Exception {
    if (!disk.exists(file)) {
      throw new StoreFailed("There is no backup " + file);
    }
    try (FileChannel channel = disk.open(file)) {
      Set<AtSign> named = new HashSet<>();
      new RecordReader(channel).read((type, body) -> named(type, body, named));
      if (!replace) {
        refuseIfThere(file, named);
      }
      channel.position(0);
      Import taking = new Import(engine);
      new RecordReader(channel).read(taking);
      taking.end();
      return new StoreReport(named.size(), taking.records(), channel.size(), 0);
    }
  }

  private static void named(byte type, byte[] body, Set<AtSign> named) {
    if (type == Backup.SPACE) {
      ByteBuffer in = ByteBuffer.wrap(body);
      byte[] name = new byte[in.getInt()];
      in.get(name);
      named.add(new AtSign(new String(name, UTF_8)));
    }
  }

  private void refuseIfThere(Path file, Set<AtSign> named) throws StoreFailed {
    Optional<AtSign> there =
        engine.reading(
            view ->
                named.stream()
                    .filter(name -> new SpaceReader(name).space(view).isPresent())
                    .findFirst());
    if (there.isPresent()) {
      throw new StoreFailed(
          "The store already has "
              + there.get()
              + ", which the backup "
              + file
              + " would replace; say so with --replace, or set 'file' to a new place");
    }
  }

  @Override
  public CompletionStage<StoreReport> compact() {
    return engine.compact();
  }

  private CompletionStage<StoreReport> later(Path file, Callable<StoreReport> task) {
    CompletableFuture<StoreReport> report = new CompletableFuture<>();
    try {
      thread.execute(() -> run(file, task, report));
    } catch (RejectedExecutionException e) {
      report.completeExceptionally(new StoreFailed("The store was stopped", e));
    }
    return report;
  }

  private static void run(
      Path file, Callable<StoreReport> task, CompletableFuture<StoreReport> report) {
    try {
      report.complete(task.call());
    } catch (StoreFailed e) {
      report.completeExceptionally(e);
    } catch (ExecutionException e) {
      report.completeExceptionally(e.getCause());
    } catch (Exception | Error e) {
      report.completeExceptionally(
          new StoreFailed("The backup " + file + " cannot be used: " + e.getMessage(), e));
    }
  }

  void close() {
    thread.shutdownNow();
  }
}
