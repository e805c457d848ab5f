package org.noports.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where large public test vectors are: the folder that the system property {@code noports.vectors}
 * names, else {@code shared/vectors} beside the project. A plain clone has none and passes; a
 * folder that is named and is not there is an error.
 */
public final class Vectors {
  private Vectors() {}

  /** The file of that name below the folder; empty where there is no such folder. */
  public static Optional<Path> file(String name) {
    String named = System.getProperty("noports.vectors");
    if (named != null && !Files.isDirectory(Path.of(named))) {
      throw new AssertionError("noports.vectors names " + named + ", which is not a folder");
    }
    Path folder = named == null ? root().resolve("../shared/vectors") : Path.of(named);
    Path file = folder.resolve(name);
    if (named != null && !Files.exists(file)) {
      throw new AssertionError("noports.vectors names " + named + ", which has no " + name);
    }
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** Tests run in the module's folder; the project's root is the one with the Maven wrapper. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }
}
