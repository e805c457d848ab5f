package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * The open event file. Appends only; a full one is renamed to the next number and a new one begun.
 * Used by one thread.
 */
final class EventFile implements AutoCloseable {
  /** Of the lines; said by a file's first line. */
  static final int FORMAT = 1;

  private static final int LONGEST_HEADER = 256;

  private final Settings settings;
  private FileChannel channel;
  private long size;

  private EventFile(Settings settings) {
    this.settings = settings;
  }

  /**
   * Opens the file for appending, or makes it.
   *
   * @throws IOException with a sentence if it cannot be, or if a newer version wrote it
   */
  static EventFile open(Settings settings) throws IOException {
    EventFile file = new EventFile(settings);
    try {
      file.begin();
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    Path path = settings.file();
    boolean posix = prepareFolder(path.getParent());
    channel =
        FileChannel.open(
            path,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            posix ? permissions("rw-------") : permissions());
    size = channel.size();
    if (size == 0) {
      append(EventLine.header(FORMAT));
    } else {
      checkFormat();
      mendTornLine();
    }
    channel.force(true);
  }

  private static boolean prepareFolder(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    boolean posix = Files.getFileStore(existing).supportsFileAttributeView("posix");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, posix ? permissions("rwx------") : permissions());
    }
    return posix;
  }

  private static FileAttribute<?>[] permissions(String... text) {
    return Stream.of(text)
        .map(PosixFilePermissions::fromString)
        .map(PosixFilePermissions::asFileAttribute)
        .toArray(FileAttribute<?>[]::new);
  }

  private void checkFormat() throws IOException {
    ByteBuffer start = ByteBuffer.allocate(LONGEST_HEADER);
    channel.read(start, 0);
    String line = new String(start.array(), 0, start.position(), UTF_8).split("\n", 2)[0];
    Optional<Long> format;
    try {
      format = JsonObject.parse("the first line", line).whole("noportsAudit");
    } catch (ProtocolViolation e) {
      format = Optional.empty();
    }
    if (format.isEmpty() || format.get() > FORMAT) {
      throw new IOException(
          format
              .map(newer -> "it has format " + newer + ", this version writes format " + FORMAT)
              .orElse("it is no event file"));
    }
  }

  /** A line that a crash cut off stays as it is; what follows stands on a line of its own. */
  private void mendTornLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, size - 1);
    if (last.get(0) != '\n') {
      append("\n");
    }
  }

  /**
   * Appends lines and waits until the disk has them. On failure none of them counts: they are cut
   * off again where the system allows it.
   */
  void append(List<String> lines) throws IOException {
    if (size >= settings.maxBytes()) {
      // Before, not after: lines that are on disk must not fail because a new file cannot be had.
      rotate();
    }
    long before = size;
    try {
      for (String line : lines) {
        append(line);
      }
      channel.force(false);
    } catch (IOException e) {
      takeBack(before, e);
      throw e;
    }
  }

  private void takeBack(long before, IOException failure) {
    try {
      channel.truncate(before);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void append(String text) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (left.hasRemaining()) {
      size += channel.write(left, size);
    }
  }

  private void rotate() throws IOException {
    channel.close();
    Path path = settings.file();
    Files.move(path, path.resolveSibling(path.getFileName() + "." + nextNumber(path)));
    begin();
  }

  /** One more than the highest number in use, so that a file once written keeps its name. */
  private static long nextNumber(Path path) throws IOException {
    String prefix = path.getFileName() + ".";
    try (Stream<Path> files = Files.list(path.getParent())) {
      return 1
          + files
              .map(it -> it.getFileName().toString())
              .filter(it -> it.startsWith(prefix))
              .map(it -> it.substring(prefix.length()))
              .filter(it -> it.matches("[0-9]{1,18}"))
              .mapToLong(Long::parseLong)
              .max()
              .orElse(0);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
