package org.noports.audit.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a chain by their names: {@code events.jsonl} is written, those before it are {@code
 * events-00000001.jsonl} and so on. Names sort, byte by byte, as the chain goes.
 *
 * @param current the file that is written
 */
public record AuditFiles(Path current) {
  private static final String SUFFIX = ".jsonl";

  /** The files before the current one, oldest first. */
  public List<Path> before() throws IOException {
    Path folder = current.getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> number(file).isPresent())
          .sorted(Comparator.comparing(file -> number(file).orElse(0L)))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** All, oldest first. */
  public List<Path> all() throws IOException {
    return Files.exists(current)
        ? Stream.concat(before().stream(), Stream.of(current)).toList()
        : before();
  }

  /** The name that the current file gets when it is full; a name once given is not given again. */
  public Path next() throws IOException {
    List<Path> before = before();
    long last = before.isEmpty() ? 0 : number(before.get(before.size() - 1)).orElse(0L);
    return current.resolveSibling("%s-%08d%s".formatted(stem(), last + 1, SUFFIX));
  }

  private Optional<Long> number(Path file) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(stem()) + "-([0-9]{8,18})" + Pattern.quote(SUFFIX))
            .matcher(file.getFileName().toString());
    return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
  }

  private String stem() {
    String name = current.getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
