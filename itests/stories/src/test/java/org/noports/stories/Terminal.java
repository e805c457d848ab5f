package org.noports.stories;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Shell;

/** A person at a real pseudo-terminal, who types and looks as {@code terminal.py} is told. */
final class Terminal {
  private final Path folder;

  Terminal(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs a program on a terminal of 24 lines and 80 columns.
   *
   * @param script what the person does, one line each: send, expect, size
   */
  Finished run(List<String> program, String... script) {
    try (InputStream driver = Terminal.class.getResourceAsStream("/terminal.py")) {
      Path file = folder.resolve("terminal.py");
      Files.write(file, driver.readAllBytes());
      Path steps = Files.writeString(folder.resolve("steps"), String.join("\n", script) + "\n");
      List<String> command = new ArrayList<>(List.of("python3", file.toString()));
      command.add(steps.toString());
      command.addAll(program);
      return Shell.run(command.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
