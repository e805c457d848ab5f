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
final class Answering implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final int port;
  private final String line;
  private final Selector selector;
  private final ByteBuffer message = ByteBuffer.allocateDirect(64);

  Answering(ServerSocketChannel listener, int port, String line) throws IOException {
    this.selector = Selector.open();
    this.listener = listener;
    this.port = port;
    this.line = line;
  }

  /** Whether somebody wants something else. */
  interface Until {
    boolean reached() throws IOException;
  }

  /**
   * Answers until then. Its connections stay for the next time until it is closed: a relay keeps
   * the places of those that are gone.
   */
  void run(int atOnce, Until until) throws IOException {
    if (port == 0) {
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
    }
    while (port != 0 && selector.keys().size() < atOnce) {
      dial();
    }
    while (!until.reached()) {
      selector.select(this::answer, 20);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.channel() != listener) {
        key.channel().close();
      }
    }
    selector.close();
    listener.configureBlocking(true);
  }

  private void dial() throws IOException {
    add(EndSockets.open(port, line));
  }

  private void add(SocketChannel socket) throws IOException {
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ);
  }

  private void answer(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
          EndSockets.prepare(next);
          add(next);
        }
      } else {
        echo((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void echo(SocketChannel socket) throws IOException {
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
        dial();
      }
    }
  }
}
