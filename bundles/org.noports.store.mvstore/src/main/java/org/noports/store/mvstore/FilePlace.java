package org.noports.store.mvstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes the place of a store file: private from its first moment, and there after a power cut. */
final class FilePlace {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private FilePlace() {}

  /**
   * Makes the folder and an empty file where they are missing.
   *
   * @return how long the file is
   */
  static long prepare(Path path) throws IOException {
    Path folder = path.getParent();
    boolean posix = Files.getFileStore(existing(folder)).supportsFileAttributeView("posix");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, posix ? attributes(PRIVATE_FOLDER) : attributes());
    }
    if (Files.exists(path)) {
      if (posix && !Files.getPosixFilePermissions(path).equals(PRIVATE)) {
        Files.setPosixFilePermissions(path, PRIVATE);
      }
      return Files.size(path);
    }
    Files.createFile(path, posix ? attributes(PRIVATE) : attributes());
    if (posix) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
    return 0;
  }

  private static Path existing(Path folder) {
    Path at = folder;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static FileAttribute<?>[] attributes() {
    return new FileAttribute<?>[0];
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
