package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.noports.testkit.process.World;

/** Sessions of a running client to a service of this process, each with one connection. */
public final class ManySessions implements AutoCloseable {
  private static final int AT_ONCE = 4;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final byte[] MESSAGE = new byte[64];

  /** Of a machine that others use: how long it takes is measured, and not whether it is in time. */
  private static final String PATIENT =
      "relayTimeoutSeconds = 60%ndeviceTimeoutSeconds = 120%nresponseTimeoutSeconds = 120%n";

  private final ServerSocket service = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final ExecutorService answering = Executors.newCachedThreadPool(ManySessions::thread);
  private final List<Socket> connections = new ArrayList<>();

  private ManySessions() throws IOException {
    answering.execute(this::accept);
  }

  /** A world in which one client may have up to {@code most} sessions; it has not started yet. */
  public static World permitting(World world, int most) {
    world.client().configure("org.noports.client.cfg", PATIENT.formatted());
    world
        .infrastructure()
        .configure(
            "org.noports.relay.server.cfg",
            "maxSessions = %1$d%nmaxSessionsPerClient = %1$d%nmaxPortsPerClient = %1$d%nacceptsPerSecond = %1$d%n"
                .formatted(most));
    world
        .device()
        .configure("org.noports.device-dev1.cfg", "maxSessionsPerClient = %d%n".formatted(most));
    return world;
  }

  /** Asks for them at the client's door, a few at once. */
  public static ManySessions open(Path door, int count) throws Exception {
    ManySessions sessions = new ManySessions();
    ExecutorService asking = Executors.newFixedThreadPool(AT_ONCE, ManySessions::thread);
    try {
      List<CompletableFuture<Socket>> opened = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        opened.add(CompletableFuture.supplyAsync(() -> sessions.one(door), asking));
      }
      for (CompletableFuture<Socket> each : opened) {
        sessions.connections.add(each.get(5, TimeUnit.MINUTES));
      }
      return sessions;
    } catch (Exception e) {
      sessions.close();
      throw e;
    } finally {
      asking.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "many-sessions");
    thread.setDaemon(true);
    return thread;
  }

  private Socket one(Path door) {
    try {
      String target = "localhost:" + service.getLocalPort();
      String said = Asked.answer(door, "connect", "dev1@device", "--to", target, "-b");
      String ready =
          said.lines().filter(line -> line.contains(" is at ")).findFirst().orElseThrow();
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      Socket socket =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .socket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where all of them go, as seen from the device. */
  public int port() {
    return service.getLocalPort();
  }

  /**
   * Waits until every connection was closed by the other side.
   *
   * @param begun from when on it is counted, by {@link System#nanoTime}
   * @return milliseconds, one after the other as they ended
   * @throws IOException if a connection is still there after a minute
   */
  public double[] ended(long begun) throws IOException {
    double[] millis = new double[connections.size()];
    int count = 0;
    try (Selector selector = Selector.open()) {
      for (Socket each : connections) {
        each.getChannel().configureBlocking(false).register(selector, SelectionKey.OP_READ);
      }
      while (count < millis.length) {
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new IOException(millis.length - count + " connections have not been closed");
        }
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          SelectionKey key = ready.next();
          ready.remove();
          if (hasEnded(key)) {
            key.cancel();
            millis[count++] = (System.nanoTime() - begun) / 1e6;
          }
        }
      }
    }
    return millis;
  }

  private static boolean hasEnded(SelectionKey key) {
    try {
      return ((SocketChannel) key.channel()).read(ByteBuffer.allocate(MESSAGE.length)) < 0;
    } catch (IOException e) {
      return true; // Reset: ended as well.
    }
  }

  /** Sends 64 bytes over every connection, and has them back. */
  public void echo() throws IOException {
    for (Socket each : connections) {
      each.getOutputStream().write(MESSAGE);
    }
    for (Socket each : connections) {
      if (!Arrays.equals(MESSAGE, each.getInputStream().readNBytes(MESSAGE.length))) {
        throw new IOException("a connection has ended");
      }
    }
  }

  private void accept() {
    while (!service.isClosed()) {
      try {
        Socket socket = service.accept();
        answering.execute(() -> answer(socket));
      } catch (IOException e) {
        return; // Closed: it has been measured.
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The connection's other side finds out by itself.
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
    for (Socket each : connections) {
      each.close();
    }
    answering.shutdownNow();
  }
}
