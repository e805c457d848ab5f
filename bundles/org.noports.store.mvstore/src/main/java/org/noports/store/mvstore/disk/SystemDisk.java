package org.noports.store.mvstore.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The system's files, private from their first moment. */
public final class SystemDisk implements Disk {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  @Override
  public FileChannel open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    boolean posix = isPosix(folder);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, posix ? attributes(PRIVATE_FOLDER) : attributes());
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (posix && !Files.getPosixFilePermissions(file).equals(PRIVATE)) {
        Files.setPosixFilePermissions(file, PRIVATE);
      }
    } else {
      Files.createFile(file, posix ? attributes(PRIVATE) : attributes());
    }
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public List<Path> list(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    if (isPosix(folder)) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  @Override
  public long room(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private static boolean isPosix(Path folder) throws IOException {
    Path at = folder;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return Files.getFileStore(at).supportsFileAttributeView("posix");
  }

  private static FileAttribute<?>[] attributes() {
    return new FileAttribute<?>[0];
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
