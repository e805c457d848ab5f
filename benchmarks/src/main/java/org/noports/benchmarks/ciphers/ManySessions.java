package org.noports.benchmarks.ciphers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.noports.benchmarks.data.Asked;

/** Sessions of a running client to a service of this process, each with one connection. */
final class ManySessions implements AutoCloseable {
  private static final int AT_ONCE = 4;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final byte[] MESSAGE = new byte[64];

  private final ServerSocket service = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final ExecutorService answering = Executors.newCachedThreadPool(ManySessions::thread);
  private final List<Socket> connections = new ArrayList<>();

  private ManySessions() throws IOException {
    answering.execute(this::accept);
  }

  /** Asks for them at the client's door, a few at once. */
  static ManySessions open(Path door, int count) throws Exception {
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
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends 64 bytes over every connection, and has them back. */
  void echo() throws IOException {
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
