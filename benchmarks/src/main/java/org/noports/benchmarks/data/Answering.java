package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Echoes on every connection until it is closed: on those that come to its own port, or on a number
 * that it dials itself and replaces when they end.
 */
final class Answering {
  private final ServerSocketChannel listener;
  private final int port;
  private final String line;
  private final ByteBuffer message = ByteBuffer.allocateDirect(64);
  private boolean over;

  Answering(ServerSocketChannel listener, int port, String line) {
    this.listener = listener;
    this.port = port;
    this.line = line;
  }

  /** Whether somebody wants something else. */
  interface Until {
    boolean reached() throws IOException;
  }

  void run(int atOnce, Until until) throws IOException {
    try (Selector selector = Selector.open()) {
      if (port == 0) {
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
      }
      for (int i = 0; i < atOnce && port != 0; i++) {
        dial(selector);
      }
      while (!until.reached()) {
        selector.select(key -> answer(key, selector), 20);
      }
      over = true;
      for (SelectionKey key : selector.keys()) {
        if (key.channel() != listener) {
          key.channel().close();
        }
      }
    } finally {
      listener.configureBlocking(true);
    }
  }

  private void dial(Selector selector) throws IOException {
    if (!over) {
      add(EndSockets.open(port, line), selector);
    }
  }

  private static void add(SocketChannel socket, Selector selector) throws IOException {
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ);
  }

  private void answer(SelectionKey key, Selector selector) {
    try {
      if (key.isAcceptable()) {
        for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
          EndSockets.prepare(next);
          add(next, selector);
        }
      } else {
        echo((SocketChannel) key.channel(), selector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void echo(SocketChannel socket, Selector selector) throws IOException {
    int n;
    try {
      n = socket.read(message.clear());
      if (n >= 0) {
        socket.write(message.flip());
      }
    } catch (IOException reset) {
      n = -1;
    }
    if (n < 0) {
      socket.close();
      if (port != 0) {
        dial(selector);
      }
    }
  }
}
