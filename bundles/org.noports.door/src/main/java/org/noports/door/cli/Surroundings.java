package org.noports.door.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.noports.door.wire.DoorPlace;
import org.noports.door.wire.Standing;

/**
 * Where this program stands, as {@code bin/noports} has found out.
 *
 * @param home the unpacked distribution
 * @param instance the instance's name
 * @param environment the process's environment
 * @param typing standard input is a terminal
 * @param showing standard output is a terminal
 */
record Surroundings(
    Path home, String instance, Map<String, String> environment, boolean typing, boolean showing) {
  Surroundings {
    requireNonNull(home, "home is null");
    requireNonNull(instance, "instance is null");
    environment = Map.copyOf(environment);
  }

  static Surroundings current() {
    return new Surroundings(
        Path.of(System.getProperty("noports.home", ".")),
        System.getenv().getOrDefault("NOPORTS_INSTANCE", "default"),
        System.getenv(),
        Boolean.getBoolean("noports.typing"),
        Boolean.getBoolean("noports.showing"));
  }

  DoorPlace place() throws IOException {
    return DoorPlace.of(instance, environment);
  }

  /** Where the instance keeps its configuration, data and log. */
  Path state() {
    String named = environment.getOrDefault("NOPORTS_STATE", "");
    if (!named.isBlank()) {
      return Path.of(named).resolve(instance);
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isBlank()
            ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
            : Path.of(state);
    return base.resolve("noports").resolve(instance);
  }

  /** For what the instance does in this program's place. */
  Standing standing() {
    return new Standing(
        typing,
        showing,
        Path.of("").toAbsolutePath().toString(),
        environment.getOrDefault("SSH_AUTH_SOCK", ""));
  }

  String terminal() {
    return showing ? environment.getOrDefault("TERM", "dumb") : "dumb";
  }
}
