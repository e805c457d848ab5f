package org.noports.identity;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * What tells one version of a secret file from the next, and whether it is kept as it should be.
 *
 * @param modified its time of change
 * @param size its length in bytes
 * @param fileKey its inode where there is one, else a constant: a replaced file may keep time and
 *     size
 * @param tooOpen whether others than its owner may read it
 * @param alterable whether others than its owner may write it
 * @param stranger its owner, if that is neither we nor root
 */
record FileStamp(
    FileTime modified,
    long size,
    Object fileKey,
    boolean tooOpen,
    boolean alterable,
    Optional<String> stranger) {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  /** Belongs to whoever reads it: the one portable way to learn our own number without a name. */
  private static final Path OURSELVES = Path.of("/proc/self");

  private static final Integer ROOT = 0;

  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = basic.fileKey() == null ? "none" : basic.fileKey();
    return new FileStamp(
        basic.lastModifiedTime(),
        basic.size(),
        key,
        allows(file, GROUP_READ, OTHERS_READ),
        allows(file, GROUP_WRITE, OTHERS_WRITE),
        stranger(file));
  }

  private static boolean allows(Path file, PosixFilePermission one, PosixFilePermission other)
      throws IOException {
    if (!POSIX) {
      return false;
    }
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
    return allowed.contains(one) || allowed.contains(other);
  }

  private static Optional<String> stranger(Path file) throws IOException {
    if (!UNIX || !Files.exists(OURSELVES)) {
      return Optional.empty();
    }
    Object owner = Files.getAttribute(file, "unix:uid");
    return ours(owner, Files.getAttribute(OURSELVES, "unix:uid"))
        ? Optional.empty()
        : Optional.of(Files.getOwner(file).getName());
  }

  /** Root may give us a file: it can read and replace ours anyway. */
  static boolean ours(Object owner, Object self) {
    return owner.equals(ROOT) || owner.equals(self);
  }
}
