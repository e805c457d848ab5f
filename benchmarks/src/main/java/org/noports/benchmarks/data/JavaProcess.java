package org.noports.benchmarks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with our own class path. */
final class JavaProcess {
  private JavaProcess() {}

  static ProcessBuilder builder(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return new ProcessBuilder(command);
  }
}
