package org.noports.ssh.client.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** One socket that an SSH program may ask for the keys of the sessions it was opened for. */
final class AgentSocket implements AutoCloseable {
  private final List<SessionKey> keys = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> callers = ConcurrentHashMap.newKeySet();
  private final Path path;
  private final ServerSocketChannel channel;

  private AgentSocket(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Listens in a folder that is its owner's alone, which is made if it is not there. */
  static AgentSocket open(Path path, Executor threads) throws IOException {
    prepare(path.getParent());
    // Nobody else can make anything in this folder: what is there, an instance before us has left.
    Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    AgentSocket socket = new AgentSocket(path, channel);
    threads.execute(() -> socket.listen(threads));
    return socket;
  }

  private static void prepare(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    boolean ours =
        Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (!ours || !rights.equals(PosixFilePermissions.fromString("rwx------"))) {
      throw new IOException(folder + " is not this account's alone (chmod 700)");
    }
  }

  private void listen(Executor threads) {
    try {
      while (channel.isOpen()) {
        SocketChannel caller = channel.accept();
        callers.add(caller);
        threads.execute(() -> serve(caller));
      }
    } catch (IOException e) {
      // It was closed: its sessions are over.
      close();
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      AgentWire.serve(
          Channels.newInputStream(caller), Channels.newOutputStream(caller), () -> keys);
    } catch (IOException | GeneralSecurityException | IllegalStateException e) {
      // The key was wiped meanwhile, or the program has gone, or goes on without this key and says
      // so.
      return;
    } finally {
      callers.remove(caller);
    }
  }

  void add(SessionKey key) {
    keys.add(key);
  }

  /** Wipes the key; true if it was the last. */
  boolean remove(SessionKey key) {
    keys.remove(key);
    key.close();
    return keys.isEmpty();
  }

  @Override
  public void close() {
    try {
      channel.close();
      for (SocketChannel caller : callers) {
        caller.close();
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The next one at this path takes it away.
      return;
    } finally {
      keys.forEach(SessionKey::close);
      keys.clear();
    }
  }
}
