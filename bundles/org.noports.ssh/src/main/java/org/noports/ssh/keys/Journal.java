package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which lines were added for sessions and are to go: written and forced to disk before a line is,
 * and read at the next start, so that a crash leaves no key behind.
 */
final class Journal {
  private static final String SUFFIX = ".line";

  private final Path folder;

  Journal(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * One line.
   *
   * @param note where it is noted
   * @param file the key file it was added to
   * @param line without its end
   */
  record Entry(Path note, Path file, String line) {}

  Entry note(String name, Path file, String line) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path note = folder.resolve(name + SUFFIX);
    try (FileChannel out =
        FileChannel.open(note, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      String text = file.toAbsolutePath() + "\n" + line + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    return new Entry(note, file, line);
  }

  /** It is gone from the key file. */
  void done(Entry entry) throws IOException {
    Files.deleteIfExists(entry.note());
  }

  /** What a former run left; a note that was not written to its end belongs to no line. */
  List<Entry> left() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (Stream<Path> notes = Files.list(folder)) {
      for (Path note : notes.filter(it -> it.toString().endsWith(SUFFIX)).toList()) {
        String text = Files.readString(note);
        String[] lines = text.split("\n");
        if (lines.length == 2 && text.endsWith("\n")) {
          entries.add(new Entry(note, Path.of(lines[0]), lines[1]));
        } else {
          Files.delete(note);
        }
      }
    }
    return entries;
  }
}
