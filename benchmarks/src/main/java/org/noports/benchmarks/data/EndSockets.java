package org.noports.benchmarks.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An end's connections, all idle but while something is done with all of them. */
final class EndSockets implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final List<SocketChannel> sockets = new ArrayList<>();
  private final Map<List<Target>, Answering> answering = new HashMap<>();

  EndSockets() throws IOException {
    listener.bind(local(0), BACKLOG);
  }

  static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A connection that has said its line. */
  static SocketChannel open(int port, String line) throws IOException {
    SocketChannel socket = SocketChannel.open(local(port));
    prepare(socket);
    if (!line.equals("-")) {
      socket.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
    return socket;
  }

  static void prepare(SocketChannel socket) throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // Closing resets: there is a bounded number of ports for connections that linger.
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  /** Echoes until then, on what comes here or on connections that it dials and keeps. */
  void answer(List<Target> targets, int atOnce, Answering.Until until) throws IOException {
    if (targets.get(0).port() == 0) {
      try (Answering come = new Answering(listener, targets)) {
        come.run(atOnce, until);
      }
    } else {
      Answering kept = answering.get(targets);
      if (kept == null) {
        kept = new Answering(listener, targets);
        answering.put(targets, kept);
      }
      kept.run(atOnce, until);
    }
  }

  void dial(int count, int port, String line) throws IOException {
    for (int i = 0; i < count; i++) {
      sockets.add(open(port, line));
    }
  }

  void accept(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel socket = listener.accept();
      prepare(socket);
      sockets.add(socket);
    }
  }

  SocketChannel first() {
    return sockets.get(0);
  }

  void say() throws IOException {
    for (SocketChannel socket : sockets) {
      socket.write(ByteBuffer.wrap(new byte[1]));
    }
  }

  void hear() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (SocketChannel socket : sockets) {
      if (socket.read(one.clear()) != 1) {
        throw new IOException("A connection was closed");
      }
    }
  }

  /** Sends on each connection until none takes any more. */
  long flood() throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(256 * 1024);
    long bytes = 0;
    int quietRounds = 0;
    while (quietRounds < 20) {
      long before = bytes;
      for (SocketChannel socket : sockets) {
        socket.configureBlocking(false);
        bytes += Math.max(0, socket.write(piece.clear()));
      }
      quietRounds = bytes == before ? quietRounds + 1 : 0;
    }
    return bytes;
  }

  void end() throws IOException {
    for (SocketChannel socket : sockets) {
      socket.shutdownOutput();
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }
}
