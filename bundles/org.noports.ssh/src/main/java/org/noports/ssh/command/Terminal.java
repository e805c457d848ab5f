package org.noports.ssh.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The pseudo-terminal under a running {@code script}: its size, and who stands in its foreground.
 * The kernel tells the foreground of a new size (SIGWINCH), whoever sets it.
 */
final class Terminal {
  /** The shell appears a moment after its {@code script}: this often it is looked for again. */
  private static final int LOOKS = 40;

  private static final int BETWEEN_LOOKS_MILLIS = 50;

  private static final int FOREGROUND_FIELD = 5;

  private record Size(int rows, int columns) {}

  private final Process script;
  private final Executor executor;
  private final AtomicReference<Size> wanted = new AtomicReference<>();

  Terminal(Process script, Executor executor) {
    this.script = script;
    this.executor = executor;
  }

  /** Returns at once; of several sizes in a row the last one counts. */
  void resize(int rows, int columns) {
    if (wanted.getAndSet(new Size(rows, columns)) == null) {
      executor.execute(() -> apply(LOOKS));
    }
  }

  private void apply(int looksLeft) {
    Optional<Path> device = device();
    if (device.isEmpty() && looksLeft > 0 && script.isAlive()) {
      CompletableFuture.delayedExecutor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(() -> apply(looksLeft - 1));
      return;
    }
    device.ifPresent(this::applyTo);
  }

  /** One after the other, so that the last size is the one that stays. */
  private synchronized void applyTo(Path tty) {
    Size size = wanted.getAndSet(null);
    if (size != null) {
      Signals.run(stty(tty, size));
    }
  }

  private static String[] stty(Path tty, Size size) {
    return new String[] {
      "stty",
      "-F",
      tty.toString(),
      "rows",
      Integer.toString(size.rows()),
      "cols",
      Integer.toString(size.columns())
    };
  }

  /** Sends a signal to what runs in the foreground, as its terminal would. */
  void signal(String name) {
    foreground().ifPresent(group -> Signals.toGroup(name, group));
  }

  private Optional<ProcessHandle> leader() {
    return script.toHandle().children().findFirst();
  }

  private Optional<Path> device() {
    return leader()
        .flatMap(shell -> read(() -> Files.readSymbolicLink(proc(shell).resolve("fd/0"))))
        .filter(tty -> tty.startsWith("/dev"));
  }

  /** The terminal's foreground group, field tpgid of proc(5). */
  private Optional<Long> foreground() {
    return leader()
        .flatMap(shell -> read(() -> Files.readString(proc(shell).resolve("stat"))))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
        .map(fields -> Long.parseLong(fields[FOREGROUND_FIELD]))
        .filter(group -> group > 1);
  }

  private static Path proc(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()));
  }

  /** A read of something that may be gone by now. */
  private interface Look<T> {
    T take() throws IOException;
  }

  private static <T> Optional<T> read(Look<T> look) {
    try {
      return Optional.of(look.take());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
