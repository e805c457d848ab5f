package org.noports.identity;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * What tells one version of a key file from the next.
 *
 * @param modified its time of change
 * @param size its length in bytes
 * @param fileKey its inode where there is one, else a constant: a replaced file may keep time and
 *     size
 * @param tooOpen whether others than its owner may read it
 */
record FileStamp(FileTime modified, long size, Object fileKey, boolean tooOpen) {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = basic.fileKey() == null ? "none" : basic.fileKey();
    return new FileStamp(basic.lastModifiedTime(), basic.size(), key, tooOpen(file));
  }

  private static boolean tooOpen(Path file) throws IOException {
    if (!POSIX) {
      return false;
    }
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
    return allowed.contains(GROUP_READ) || allowed.contains(OTHERS_READ);
  }
}
