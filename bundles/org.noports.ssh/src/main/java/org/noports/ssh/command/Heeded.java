package org.noports.ssh.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The signals that people and their terminals send. Whoever is started by {@code nohup}, or in the
 * background of a script, ignores some of them, and so does all that it starts: no Ctrl-C would
 * reach a command, and what runs at a terminal would outlive it.
 */
final class Heeded {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The line of proc(5) with a bit for each signal that is ignored, the first the lowest. */
  private static final String IGNORED = "SigIgn:";

  /** HUP, INT, QUIT, TERM, TSTP, TTIN, TTOU. */
  private static final List<Integer> NUMBERS = List.of(1, 2, 3, 15, 20, 21, 22);

  /** Of a program that does nothing. */
  private static final int LIMIT_SECONDS = 5;

  private static final List<String> WORDS = List.of("env", "--default-signal");

  /** What goes before a program's words: nothing where nothing is ignored, or nobody can help. */
  private static final List<String> PREFIX = find();

  private Heeded() {}

  static List<String> prefix() {
    return PREFIX;
  }

  private static List<String> find() {
    try {
      return isAnyIgnored(Files.readAllLines(STATUS)) && isUnderstood() ? WORDS : List.of();
    } catch (IOException | NumberFormatException e) {
      // No Linux, or no such program: what is started ignores what we ignore.
      return List.of();
    }
  }

  /** Whether a process whose status that is ignores any of them. */
  static boolean isAnyIgnored(List<String> status) {
    long ignored =
        status.stream()
            .filter(line -> line.startsWith(IGNORED))
            .map(line -> line.substring(IGNORED.length()).strip())
            .mapToLong(bits -> Long.parseUnsignedLong(bits, 16))
            .findFirst()
            .orElse(0);
    return NUMBERS.stream().anyMatch(number -> (ignored >> (number - 1) & 1) != 0);
  }

  /** GNU's {@code env} knows the option since coreutils 8.31, BusyBox's does not. */
  private static boolean isUnderstood() throws IOException {
    Process tried =
        new ProcessBuilder("env", "--default-signal", "true").redirectErrorStream(true).start();
    try (InputStream said = tried.getInputStream()) {
      said.readAllBytes();
      return tried.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
