package org.noports.stories;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Machine;

/** What an instance has logged since this was made. */
final class LogSince {
  /** Longer than two relays take to start on a machine that builds. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path file;
  private final long start;

  LogSince(Machine machine) throws IOException {
    file = machine.home().resolve("data/log/noports.log");
    start = Files.size(file);
  }

  /** Waits for a whole line with {@code part}. */
  String await(String part) throws Exception {
    Eventually.holds(LIMIT, () -> !all(part).isEmpty());
    return all(part).get(0);
  }

  /** The whole lines with {@code part} that are there now. */
  List<String> all(String part) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] since = new byte[(int) Math.max(0, log.length() - start)];
      log.seek(start);
      log.readFully(since);
      String text = new String(since, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.contains(part))
          .toList();
    }
  }
}
