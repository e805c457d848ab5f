package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.protocol.verb.NotificationJson;

/**
 * What one atSign has heard already: the latest notifications, beyond reconnects and, by its file,
 * beyond restarts. Used on the loop only.
 */
final class Heard {
  /** More came in a few seconds only if somebody floods us. */
  static final int REMEMBERED = 4096;

  /** What a reconnect asks for again: clocks and ways differ by less. */
  private static final long OVERLAP_MILLIS = 5_000;

  private final AtSign self;
  private final Optional<HeardFile> file;
  private final Executor files;
  private final Executor loop;
  private final Map<String, Long> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long newest = System.currentTimeMillis();
  private boolean atServersTime;
  private Optional<CompletableFuture<Void>> loading = Optional.empty();
  private volatile boolean unreadable;
  private volatile Optional<String> failing = Optional.empty();

  /**
   * @param file where it is kept; empty for in memory only
   * @param files on which files are read and written
   */
  Heard(AtSign self, Optional<HeardFile> file, Executor files, Executor loop) {
    this.self = requireNonNull(self, "self is null");
    this.file = requireNonNull(file, "file is null");
    this.files = requireNonNull(files, "files is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  /** Reads the file, once; completes on the loop, and never fails: what is lost is said. */
  CompletableFuture<Void> load() {
    if (loading.isEmpty()) {
      loading =
          Optional.of(
              CompletableFuture.supplyAsync(this::read, files).thenAcceptAsync(this::take, loop));
    }
    return loading.get();
  }

  private List<HeardFile.Line> read() {
    try {
      return file.isPresent() ? file.get().read() : List.of();
    } catch (IOException e) {
      AtServerLog.heardUnreadable(self, e.getMessage());
      // What is there may be worth something to a newer version: nothing is written over it.
      unreadable = true;
      failing = Optional.of(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private void take(List<HeardFile.Line> lines) {
    for (HeardFile.Line line : lines) {
      seen.put(line.who(), line.epochMillis());
      newest = atServersTime ? Math.max(newest, line.epochMillis()) : line.epochMillis();
      atServersTime = true;
    }
  }

  /** From when on a new connection is to tell us all again, in our atServer's time. */
  long since() {
    return newest - OVERLAP_MILLIS;
  }

  /**
   * Everything up to this time has come in: an atServer pushes in order. Our own clock counts only
   * until the atServer's is heard.
   */
  void upTo(long epochMillis) {
    newest = atServersTime ? Math.max(newest, epochMillis) : epochMillis;
    atServersTime = true;
  }

  /** Whether it came in for the first time; from now on it has. */
  boolean first(NotificationJson pushed) {
    return seen.put(who(pushed), pushed.epochMillis()) == null;
  }

  /**
   * Writes down that it is being processed, so that it is not after a restart either. Completes on
   * the loop and never fails: hearing goes before remembering.
   */
  CompletableFuture<Void> remember(NotificationJson pushed) {
    if (file.isEmpty() || unreadable) {
      return CompletableFuture.completedFuture(null);
    }
    HeardFile.Line line = new HeardFile.Line(pushed.epochMillis(), who(pushed));
    List<HeardFile.Line> all = file.get().full() ? lines() : List.of();
    return CompletableFuture.supplyAsync(() -> write(line, all), files)
        .thenAcceptAsync(this::note, loop);
  }

  private Optional<String> write(HeardFile.Line line, List<HeardFile.Line> all) {
    try {
      if (all.isEmpty()) {
        file.get().append(line);
      } else {
        file.get().replace(all);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void note(Optional<String> failure) {
    if (failure.isPresent() && failing.isEmpty()) {
      AtServerLog.heardNotWritten(self, failure.get());
    }
    failing = failure;
  }

  /** Why what is heard is not written down; empty if it is. Any thread. */
  Optional<String> failing() {
    return failing;
  }

  private List<HeardFile.Line> lines() {
    List<HeardFile.Line> lines = new ArrayList<>();
    seen.forEach((who, at) -> lines.add(new HeardFile.Line(at, who)));
    return lines;
  }

  /** A sender chooses its ids, so they are told apart by sender. */
  private static String who(NotificationJson pushed) {
    return pushed.from() + " " + pushed.id();
  }
}
