package org.noports.door;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.noports.door.wire.DoorPlace;

/** The bound socket. A stale one is replaced, one that somebody answers is not. */
final class DoorSocket {
  private static final int BACKLOG = 64;

  private final DoorPlace place;
  private final ServerSocketChannel listener;
  private final Object file;

  private DoorSocket(DoorPlace place, ServerSocketChannel listener, Object file) {
    this.place = place;
    this.listener = listener;
    this.file = file;
  }

  static DoorSocket open(DoorPlace place) throws IOException {
    place.prepare();
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(place.socket());
    if (answers(address)) {
      throw new IOException(
          "another instance answers at "
              + place.socket()
              + "; end it (`noports down`) or give this one another name.");
    }
    Files.deleteIfExists(place.socket());
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(address, BACKLOG);
      letTheFoldersGroupIn(place);
      return new DoorSocket(place, listener, identity(place.socket()));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  ServerSocketChannel listener() {
    return listener;
  }

  Path path() {
    return place.socket();
  }

  /** Closes it, and removes its file unless that is another's by now. */
  void close() {
    try {
      listener.close();
      if (identity(place.socket()).equals(file)) {
        Files.deleteIfExists(place.socket());
      }
    } catch (IOException gone) {
      // Whoever removed the file before has done our work.
    }
  }

  private static boolean answers(UnixDomainSocketAddress address) throws IOException {
    if (!Files.exists(address.getPath())) {
      return false;
    }
    try (SocketChannel probe = SocketChannel.open(address)) {
      return probe.isConnected();
    } catch (ConnectException stale) {
      return false;
    }
  }

  /** A folder that a service manager has opened for a group says that the group may knock. */
  private static void letTheFoldersGroupIn(DoorPlace place) throws IOException {
    PosixFileAttributes folder = Files.readAttributes(place.folder(), PosixFileAttributes.class);
    if (folder.permissions().contains(PosixFilePermission.GROUP_EXECUTE)) {
      PosixFileAttributeView socket =
          Files.getFileAttributeView(place.socket(), PosixFileAttributeView.class);
      GroupPrincipal group = folder.group();
      socket.setGroup(group);
      socket.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
    }
  }

  private static Object identity(Path socket) throws IOException {
    return Files.getAttribute(socket, "unix:ino");
  }
}
