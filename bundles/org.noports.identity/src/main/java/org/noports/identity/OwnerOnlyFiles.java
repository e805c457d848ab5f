package org.noports.identity;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes files that appear whole or not at all, and that nobody but their owner could ever read:
 * the mode is given at creation, not afterwards.
 */
final class OwnerOnlyFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnlyFiles() {}

  /**
   * Writes a new file of mode 0600.
   *
   * @throws FileAlreadyExistsException if there is one; it is untouched
   */
  static void create(Path file, byte[] content) throws IOException {
    Path staged = stage(file, content, "rw-------");
    try {
      publish(staged, file);
      forceFolder(file);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  /** Writes a file of mode 0600 in the place of any older one. */
  static void replace(Path file, byte[] content) throws IOException {
    replace(file, content, "rw-------");
  }

  /** Writes a file that all may read in the place of any older one. */
  static void replacePublic(Path file, byte[] content) throws IOException {
    replace(file, content, "rw-r--r--");
  }

  /** Moves a file that was written before into the place of any older one. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(to);
  }

  private static void replace(Path file, byte[] content, String mode) throws IOException {
    Path staged = stage(file, content, mode);
    try {
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(file);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  /** A hard link, unlike a rename, never replaces: two who cut at once cannot lose a key. */
  private static void publish(Path staged, Path file) throws IOException {
    try {
      Files.createLink(file, staged);
    } catch (UnsupportedOperationException e) {
      Files.move(staged, file);
    }
  }

  /** A new name is on the disk only when its folder is. */
  private static void forceFolder(Path file) {
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Systems that cannot open a folder keep names without being asked.
      return;
    }
  }

  private static Path stage(Path file, byte[] content, String mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, mode("rwx------"));
    Path staged = Files.createTempFile(folder, ".noports-", ".new", mode("rw-------"));
    if (POSIX) {
      Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString(mode));
    }
    try (FileChannel channel = FileChannel.open(staged, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    return staged;
  }

  private static FileAttribute<?>[] mode(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}
