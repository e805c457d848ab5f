package org.noports.stories;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A UDP service on the loopback address that sends back what it gets, and who talks to it. */
final class DatagramEcho implements AutoCloseable {
  private static final int BYTES = 1200;

  private final DatagramSocket socket;

  private DatagramEcho(DatagramSocket socket) {
    this.socket = socket;
  }

  static DatagramEcho start() throws IOException {
    var echo = new DatagramEcho(new DatagramSocket(loopback(0)));
    daemon(echo::serve);
    return echo;
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "datagrams");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    byte[] buffer = new byte[65536];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        socket.send(packet);
      } catch (IOException e) {
        return; // Closed: the story is over.
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Sends one datagram after the other through {@code port}; each must come back as it was. */
  static Talk talk(int port) {
    Talk talk = new Talk();
    daemon(() -> talk.run(port));
    return talk;
  }

  /** A conversation that goes on until it is ended. */
  static final class Talk {
    private final CompletableFuture<Integer> exchanged = new CompletableFuture<>();
    private volatile boolean over;

    private void run(int port) {
      Random random = new Random(port);
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.connect(loopback(port));
        socket.setSoTimeout(30_000);
        int count = 0;
        while (!over) {
          byte[] said = new byte[BYTES];
          random.nextBytes(said);
          socket.send(new DatagramPacket(said, BYTES));
          DatagramPacket back = new DatagramPacket(new byte[65536], 65536);
          socket.receive(back);
          if (!Arrays.equals(said, Arrays.copyOf(back.getData(), back.getLength()))) {
            throw new IOException("datagram " + count + " is not what was sent");
          }
          count++;
        }
        exchanged.complete(count);
      } catch (IOException e) {
        exchanged.completeExceptionally(e);
      }
    }

    /** How many went and came back. */
    int end() throws Exception {
      over = true;
      return exchanged.get(60, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
