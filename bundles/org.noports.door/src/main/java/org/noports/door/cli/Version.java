package org.noports.door.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.noports.door.cli.DoorCall.Streams;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

/** {@code noports --version}: what is unpacked here, and what the running instance works with. */
final class Version {
  private final Surroundings surroundings;
  private final Streams streams;

  Version(Surroundings surroundings, Streams streams) {
    this.surroundings = surroundings;
    this.streams = streams;
  }

  int print() throws IOException {
    Properties build = new Properties();
    Path file = surroundings.home().resolve("lib").resolve("noports-build.properties");
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        build.load(in);
      }
    }
    streams
        .out()
        .printf(
            "NoPorts %s, commit %s%nJDK %s (%s)%n",
            build.getProperty("version", "unknown"),
            build.getProperty("commit", "unknown"),
            Runtime.version(),
            System.getProperty("java.vendor"));
    Optional<DoorCall> running = DoorCall.knock(surroundings.place().socket(), streams);
    if (running.isEmpty()) {
      streams.out().println("No instance is running; `noports up` starts one.");
      return 0;
    }
    try (DoorCall call = running.get()) {
      return call.run(
          new Greeting(Greeting.Mode.CONTROL, "dumb", WindowSize.USUAL), List.of("version"));
    }
  }
}
