package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * Echoes on every connection until it is closed: on those that come to its own port, or on a number
 * that it dials itself and replaces when they end.
 */
final class Answering implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final List<Target> targets;
  private final Selector selector;
  private final ByteBuffer message = ByteBuffer.allocateDirect(64);

  Answering(ServerSocketChannel listener, List<Target> targets) throws IOException {
    this.selector = Selector.open();
    this.listener = listener;
    this.targets = List.copyOf(targets);
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
    if (targets.get(0).port() == 0) {
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
    } else {
      while (selector.keys().size() < atOnce) {
        dial(targets.get(selector.keys().size() % targets.size()));
      }
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

  private void dial(Target target) throws IOException {
    add(EndSockets.open(target.port(), target.line()), target);
  }

  private void add(SocketChannel socket, Target target) throws IOException {
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ, target);
  }

  private void answer(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
          EndSockets.prepare(next);
          add(next, targets.get(0));
        }
      } else {
        echo((SocketChannel) key.channel(), (Target) key.attachment());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void echo(SocketChannel socket, Target target) throws IOException {
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
      if (target.port() != 0) {
        dial(target);
      }
    }
  }
}
