package org.noports.ssh.client.agent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** One socket that an SSH program may ask for the keys of the sessions it was opened for. */
final class AgentSocket implements AutoCloseable {
  /** Before a caller is taken again after one could not be: no turning in circles meanwhile. */
  private static final long PAUSE_MILLIS = 200;

  /** What kind a file is, of its mode (inode(7)). */
  private static final int KIND = 0170000;

  private static final int SOCKET = 0140000;

  private final List<SessionKey> keys = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> callers = ConcurrentHashMap.newKeySet();
  private final Path path;
  private final ServerSocketChannel channel;
  private final Object file;
  private final CountDownLatch over = new CountDownLatch(1);

  private AgentSocket(Path path, ServerSocketChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.file = fileAt(path);
  }

  /** Tells our socket from whatever may stand in its place later. */
  private static Object fileAt(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Listens in a folder that is its owner's alone, which is made if it is not there. */
  static AgentSocket open(Path path, Executor threads) throws IOException {
    prepare(path.getParent());
    takeAwayStale(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      AgentSocket socket = new AgentSocket(path, channel);
      threads.execute(() -> socket.listen(threads));
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Takes away what an instance has left that was killed. Nothing else: whoever names a path may
   * have meant another one, where a key file or another instance's socket stands.
   */
  private static void takeAwayStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & KIND) != SOCKET) {
      throw new IOException("there is something else than a socket, which stays as it is");
    }
    if (isHeard(path)) {
      throw new IOException("another instance or agent listens there");
    }
    Files.delete(path);
  }

  private static boolean isHeard(Path path) throws IOException {
    try (SocketChannel caller = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Who listens and is busy must not hold us up.
      caller.configureBlocking(false);
      caller.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException nobody) {
      return false;
    }
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
        takeCaller(threads);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** One that cannot be served (no descriptors, no thread) is not the end of the others. */
  private void takeCaller(Executor threads) throws InterruptedException {
    try {
      SocketChannel caller = channel.accept();
      callers.add(caller);
      try {
        threads.execute(() -> serve(caller));
      } catch (RejectedExecutionException e) {
        callers.remove(caller);
        caller.close();
        throw e;
      }
    } catch (ClosedChannelException e) {
      // Its sessions are over.
      return;
    } catch (IOException | RejectedExecutionException e) {
      over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
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

  boolean isOpen() {
    return channel.isOpen();
  }

  /** The newest is offered first: a server hears few keys of one caller (MaxAuthTries). */
  void add(SessionKey key) {
    keys.add(0, key);
  }

  /** Wipes the key; true if it was the last. */
  boolean remove(SessionKey key) {
    keys.remove(key);
    key.close();
    return keys.isEmpty();
  }

  @Override
  public void close() {
    over.countDown();
    try {
      channel.close();
      for (SocketChannel caller : callers) {
        caller.close();
      }
      if (file.equals(fileAt(path))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It was taken away, or the next one at this path does.
      return;
    } finally {
      keys.forEach(SessionKey::close);
      keys.clear();
    }
  }
}
