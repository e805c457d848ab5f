package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.AtSign;

/**
 * The file in which an atSign's heard notifications are kept: a first line with the format's
 * number, then one line each, {@code EPOCH @SENDER ID}. Lines are appended, and now and then the
 * latest ones replace them all. What a power cut leaves half written is left out.
 */
final class HeardFile {
  private static final String FORMAT = "noports-heard 1";
  private static final int FULL = 3 * Heard.REMEMBERED;

  private final Path path;
  private volatile int lines;

  /** One that was heard: when the atServer took it, then sender and id. */
  record Line(long epochMillis, String who) {
    @Override
    public String toString() {
      return epochMillis + " " + who + "\n";
    }
  }

  HeardFile(Path folder, AtSign self) {
    this.path = requireNonNull(folder, "folder is null").resolve(self.bare() + ".heard");
  }

  /**
   * What it holds, oldest first.
   *
   * @throws IOException if it cannot be read, or is in a format that is newer than ours
   */
  List<Line> read() throws IOException {
    if (Files.notExists(path)) {
      return List.of();
    }
    List<String> all = Files.readAllLines(path, StandardCharsets.UTF_8);
    if (all.isEmpty() || !all.get(0).equals(FORMAT)) {
      throw new IOException(path + " is not of the format '" + FORMAT + "'");
    }
    List<Line> found = new ArrayList<>();
    for (String text : all.subList(1, all.size())) {
      String[] parts = text.split(" ");
      if (parts.length == 3 && parts[0].matches("\\d{1,15}")) {
        found.add(new Line(Long.parseLong(parts[0]), parts[1] + " " + parts[2]));
      }
    }
    lines = all.size();
    return found;
  }

  /** Whether it is time to replace it by fewer lines. */
  boolean full() {
    return lines >= FULL;
  }

  void append(Line line) throws IOException {
    if (Files.notExists(path)) {
      replace(List.of(line));
    } else {
      Files.writeString(path, line.toString(), StandardOpenOption.APPEND);
      lines++;
    }
  }

  void replace(List<Line> all) throws IOException {
    Files.createDirectories(path.getParent());
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    StringBuilder text = new StringBuilder(FORMAT + "\n");
    all.forEach(text::append);
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    lines = all.size() + 1;
  }
}
