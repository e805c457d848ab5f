package org.noports.tunnel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file of a Unix domain socket, made so that there is no moment in which somebody else could
 * connect: bound inside a folder that only we may enter, given mode 0600 there, and then linked to
 * its place, which fails if the place was taken meanwhile.
 */
final class SocketFile {
  /** What the operating system's address holds, its terminating zero not counted. */
  private static final int LONGEST = 107;

  private final Path place;
  private final Path folder;
  private Optional<Object> published = Optional.empty();

  private SocketFile(Path place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /** Clears a stale socket away and makes the private folder beside the place. */
  static SocketFile prepare(Path path) throws IOException {
    Path place = path.toAbsolutePath().normalize();
    int length = place.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new IOException(
          "the path has " + length + " bytes, a Unix socket's has at most " + LONGEST);
    }
    Path parent = Optional.ofNullable(place.getParent()).orElse(place);
    if (!Files.isDirectory(parent)) {
      throw new IOException("there is no folder " + parent);
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      clearStale(place);
    }
    Path folder =
        Files.createTempDirectory(
            parent,
            ".n",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    SocketFile file = new SocketFile(place, folder);
    int needed = file.toBind().toString().getBytes(StandardCharsets.UTF_8).length;
    if (needed > LONGEST) {
      file.abandon();
      throw new IOException(
          "its folder's path is too long: a socket is made in a private folder inside it, which"
              + " needs "
              + needed
              + " bytes of at most "
              + LONGEST);
    }
    return file;
  }

  private static void clearStale(Path place) throws IOException {
    var what = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!what.isOther()) {
      throw new IOException("there is a file that is no socket; remove it or choose another path");
    }
    if (answers(place)) {
      throw new IOException("it is in use; choose another path");
    }
    Files.deleteIfExists(place);
  }

  private static boolean answers(Path place) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Not blocking: a listener whose queue is full answers too, with an error of its own.
      probe.configureBlocking(false);
      return probe.connect(UnixDomainSocketAddress.of(place)) || !probe.isConnected();
    } catch (IOException e) {
      return !String.valueOf(e.getMessage()).contains("refused");
    }
  }

  /** The path to bind. */
  Path toBind() {
    return folder.resolve("s");
  }

  /** Puts the bound socket in its place. */
  void publish() throws IOException {
    Path bound = toBind();
    Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createLink(place, bound);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("it has been taken a moment ago; choose another path", e);
    }
    published = Optional.ofNullable(identity(place));
    abandon();
  }

  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Gives up what lies in the private folder. */
  void abandon() {
    try {
      Files.deleteIfExists(toBind());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An empty folder that nobody else may enter: ugly, harmless, and no reason to fail.
      folder.toFile().deleteOnExit();
    }
  }

  /** Removes the socket from its place if it is still ours. */
  void remove() throws IOException {
    if (published.isPresent()
        && Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && published.get().equals(identity(place))) {
      Files.delete(place);
    }
  }
}
