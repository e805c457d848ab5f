package org.noports.door.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.door.wire.WindowSize;

/** This process's terminal, by way of stty(1). */
final class Tty {
  private static final File DEVICE = new File("/dev/tty");

  private Tty() {}

  /** Its size now, or the usual one where there is no terminal. */
  static WindowSize size() {
    try {
      String[] rowsAndColumns = stty("size").trim().split(" ");
      return new WindowSize(
          Integer.parseInt(rowsAndColumns[1]), Integer.parseInt(rowsAndColumns[0]));
    } catch (IOException | RuntimeException noTerminal) {
      return WindowSize.USUAL;
    }
  }

  /** Passes every key on as it is; what is returned undoes that. */
  static Runnable raw() throws IOException {
    return changed("raw", "-echo");
  }

  /** Shows no more what is typed; what is returned undoes that. Empty without a terminal. */
  static Optional<Runnable> silent() {
    try {
      return Optional.of(changed("-echo"));
    } catch (IOException noTerminal) {
      return Optional.empty();
    }
  }

  private static Runnable changed(String... settings) throws IOException {
    String before = stty("-g").trim();
    stty(settings);
    return () -> {
      try {
        stty(before);
      } catch (IOException gone) {
        // The terminal went away, and its settings with it.
      }
    };
  }

  private static String stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process stty =
        new ProcessBuilder(command)
            .redirectInput(DEVICE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (stty.waitFor() != 0) {
        throw new IOException("stty failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return answer;
  }
}
