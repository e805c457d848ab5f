package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.audit.chain.TailOfFile;

/**
 * The open event file: appends only, for one process alone, and sees it when somebody else changes
 * its length or takes it away. Used by one thread.
 */
final class EventFile implements AutoCloseable {
  private static final int LONGEST_FIRST = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final Optional<Object> identity;
  private long size;

  private EventFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.identity = identity(path);
  }

  /**
   * Opens the file for appending, or makes an empty one.
   *
   * @throws IOException with a sentence if it cannot be
   */
  static EventFile open(Path path) throws IOException {
    boolean posix = prepareFolder(path.getParent());
    FileChannel channel =
        FileChannel.open(
            path,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            posix ? permissions("rw-------") : permissions());
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      if (lock.isEmpty()) {
        throw new IOException("another process writes it");
      }
      return new EventFile(path, channel);
    } catch (IOException | OverlappingFileLockException e) {
      channel.close();
      throw e instanceof IOException known ? known : new IOException("it is being written", e);
    }
  }

  static boolean prepareFolder(Path folder) throws IOException {
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

  long size() {
    return size;
  }

  /** Up to its first line's end; all of it if it has none. */
  byte[] firstLine() throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(size, LONGEST_FIRST));
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      if (new String(start.array(), 0, start.position(), UTF_8).indexOf('\n') >= 0) {
        break;
      }
    }
    return new String(start.array(), 0, start.position(), UTF_8).split("\n", 2)[0].getBytes(UTF_8);
  }

  TailOfFile tail() throws IOException {
    return TailOfFile.of(channel);
  }

  /** Forgets what it has: the beginning of a first line alone. */
  void empty() throws IOException {
    channel.truncate(0);
    size = 0;
  }

  /**
   * Appends and waits until the disk has it. On failure none of it counts: it is cut off again
   * where the system allows it.
   */
  void append(byte[] bytes) throws IOException {
    untouched();
    long before = size;
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        size += channel.write(left, size);
      }
      channel.force(false);
    } catch (IOException e) {
      takeBack(before, e);
      throw e;
    }
  }

  /** What we write after somebody's change would hide it, or go where nobody finds it. */
  private void untouched() throws IOException {
    if (channel.size() != size) {
      throw new IOException("somebody else changed its length");
    }
    if (!Files.exists(path) || !identity(path).equals(identity)) {
      throw new IOException("somebody else moved or deleted it");
    }
  }

  private static Optional<Object> identity(Path path) throws IOException {
    return Optional.ofNullable(
        Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class)).fileKey());
  }

  private void takeBack(long before, IOException failure) {
    try {
      channel.truncate(before);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
