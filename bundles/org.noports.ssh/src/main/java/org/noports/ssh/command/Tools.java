package org.noports.ssh.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Which of the system's programs that terminals and signals need are on this machine. */
public final class Tools {
  private static final List<String> OF_TERMINALS = List.of("script", "stty");

  private Tools() {}

  /** What a terminal needs and this machine lacks; empty if it can have one. */
  public static List<String> missingForTerminals() {
    return OF_TERMINALS.stream().filter(name -> !has(name)).toList();
  }

  static boolean has(String program) {
    String path = System.getenv().getOrDefault("PATH", Launch.PATH);
    return Arrays.stream(path.split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
