package org.noports.houserules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's folders, from this module's. */
final class House {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  static final Path BUNDLES = ROOT.resolve("bundles");

  private House() {}

  /** Every bundle's folder. */
  static List<Path> bundles() {
    return list(BUNDLES).stream().filter(dir -> Files.exists(dir.resolve("pom.xml"))).toList();
  }

  /** The Java files of all bundles, without their tests. */
  static List<Path> mainFiles() {
    return bundles().stream()
        .flatMap(bundle -> walk(bundle.resolve("src/main/java")))
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  /** The Java files of every test in the project. */
  static List<Path> testFiles() {
    return walk(ROOT)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> file.toString().contains("/src/test/"))
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> walk(Path folder) {
    if (!Files.exists(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/.git/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's path as a person would write it. */
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }
}
