package org.noports.ssh.client.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.noports.ssh.client.login.Places;

/** The caller's files. */
final class Here implements Side {
  private static final int USUAL_UMASK = 022;
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Less than a page of a disk is none. */
  private static final long NO_ROOM = 4096;

  private final Places places;

  Here(Places places) {
    this.places = places;
  }

  private Path at(String path) {
    return places.file(path);
  }

  @Override
  public String title() {
    return "here";
  }

  @Override
  public Optional<Entry> look(String path) throws IOException {
    try {
      PosixFileAttributes found = Files.readAttributes(at(path), PosixFileAttributes.class);
      Entry.Kind kind =
          found.isRegularFile()
              ? Entry.Kind.FILE
              : found.isDirectory() ? Entry.Kind.FOLDER : Entry.Kind.OTHER;
      int mode = bits(found.permissions());
      return Optional.of(new Entry(kind, found.size(), mode, found.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  @Override
  public String behindLinks(String path) throws IOException {
    Path file = at(path);
    if (!Files.isSymbolicLink(file)) {
      return path;
    }
    return Files.exists(file) ? file.toRealPath().toString() : path;
  }

  @Override
  public String real(String path) throws IOException {
    return at(path).toRealPath().toString();
  }

  @Override
  public List<String> names(String folder) throws IOException {
    try (Stream<Path> content = Files.list(at(folder))) {
      return content.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public InputStream read(String path) throws IOException {
    return Files.newInputStream(at(path));
  }

  @Override
  public OutputStream make(String path) throws IOException {
    Set<StandardOpenOption> fresh =
        EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return Channels.newOutputStream(Files.newByteChannel(at(path), fresh, PRIVATE));
  }

  @Override
  public OutputStream into(String path) throws IOException {
    return Files.newOutputStream(at(path), StandardOpenOption.WRITE);
  }

  @Override
  public void makeFolder(String path) throws IOException {
    Files.createDirectory(at(path));
  }

  @Override
  public int permitted(int mode) {
    return mode & ~umask();
  }

  private static int umask() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("Umask:"))
          .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).trim(), 8))
          .findFirst()
          .orElse(USUAL_UMASK);
    } catch (IOException | UncheckedIOException | NumberFormatException notLinux) {
      return USUAL_UMASK;
    }
  }

  @Override
  public void settle(String path, int mode, Optional<Instant> modified) throws IOException {
    Files.setPosixFilePermissions(at(path), permissions(mode));
    if (modified.isPresent()) {
      Files.setLastModifiedTime(at(path), FileTime.from(modified.get()));
    }
  }

  @Override
  public void rename(String whole, String name) throws IOException {
    Files.move(at(whole), at(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void remove(String path) throws IOException {
    Files.deleteIfExists(at(path));
  }

  @Override
  public String join(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  @Override
  public String name(String path) throws IOException {
    Path name = at(path).normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public Reason why(IOException failure, String path) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof NoSuchFileException) {
      return Reason.MISSING;
    } else if (failure instanceof AccessDeniedException) {
      return Reason.FORBIDDEN;
    } else if (said.contains("read-only file system")) {
      return Reason.READ_ONLY;
    }
    return said.contains("no space left") || said.contains("quota") || isFull(path)
        ? Reason.FULL
        : Reason.OTHER;
  }

  private boolean isFull(String path) {
    try {
      Path folder = at(path).toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < NO_ROOM;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= 1 << (8 - permission.ordinal());
    }
    return bits;
  }

  private static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((bits & 1 << (8 - permission.ordinal())) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }
}
