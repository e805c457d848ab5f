package org.noports.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.noports.testkit.Patience;

/** A process under way: its output as it comes, its end, and its signals. */
public final class Running implements AutoCloseable {
  private final Instant start = Instant.now();
  private final String command;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  private Running(String command, Process process) {
    this.command = command;
    this.process = process;
    out = CompletableFuture.supplyAsync(() -> collect(process.getInputStream()), Running::thread);
    err = CompletableFuture.supplyAsync(() -> collect(process.getErrorStream()), Running::thread);
  }

  /** Starts a process with an empty stdin. */
  public static Running start(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(String.join(" ", builder.command()), process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "process-output");
    thread.setDaemon(true);
    thread.start();
  }

  private String collect(InputStream stream) {
    StringBuilder all = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        all.append(line).append('\n');
        lines.add(line);
      }
    } catch (IOException e) {
      all.append("[output ended: ").append(e.getMessage()).append("]\n");
    }
    return all.toString();
  }

  /**
   * Waits for a line, on stdout or stderr, that {@code wanted} accepts; lines before it are
   * dropped.
   */
  public String awaitLine(Predicate<String> wanted, Duration limit) {
    Patience patience = new Patience(limit, Duration.ofSeconds(1));
    StringBuilder seen = new StringBuilder();
    try {
      while (patience.lasts()) {
        String line = lines.poll(100, TimeUnit.MILLISECONDS);
        if (line != null && wanted.test(line)) {
          return line;
        }
        if (line != null) {
          seen.append(line).append('\n');
        } else if (!process.isAlive() && lines.isEmpty()) {
          throw new AssertionError(command + " ended before the line came; it printed:\n" + seen);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError(command + " did not print the line in " + limit + ":\n" + seen);
  }

  /** Waits for the process to end. */
  public Finished await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(command + " has not ended after " + limit);
      }
      Duration took = Duration.between(start, Instant.now());
      return new Finished(
          command,
          process.exitValue(),
          out.get(60, TimeUnit.SECONDS),
          err.get(60, TimeUnit.SECONDS),
          took);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(command + ": output did not end with the process", e);
    }
  }

  /** Sends a signal by name, for example {@code INT} or {@code STOP}. */
  public void signal(String name) {
    Shell.run("bash", "-c", "kill -" + name + " " + process.pid()).orFail();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends the process if it has not ended. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
