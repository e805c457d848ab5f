package org.noports.benchmarks.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Connections one after the other, several at a time: each says 64 bytes, hears them and is closed.
 */
final class Cycles {
  private static final int MESSAGE = 64;

  private final List<Target> targets;
  private final ByteBuffer heard = ByteBuffer.allocateDirect(MESSAGE);

  private static final class Cycle {
    private final Target target;
    private int heard;

    Cycle(Target target) {
      this.target = target;
    }
  }

  private int begun;
  private int done;

  /** Connections to each of them in turn. */
  Cycles(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  private static byte[] greeting(Target target) {
    String message = " ".repeat(MESSAGE);
    return (target.line().equals("-") ? message : target.line() + "\n" + message)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Cycles a second. */
  double run(int count, int atOnce) throws IOException {
    long start = System.nanoTime();
    try (Selector selector = Selector.open()) {
      while (begun < Math.min(atOnce, count)) {
        begin(selector);
      }
      while (done < count) {
        selector.select(key -> step(key, selector, count), 10_000);
      }
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private void begin(Selector selector) throws IOException {
    Target target = targets.get(begun++ % targets.size());
    SocketChannel socket = SocketChannel.open();
    socket.configureBlocking(false);
    EndSockets.prepare(socket);
    boolean connected = socket.connect(EndSockets.local(target.port()));
    SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT, new Cycle(target));
    if (connected) {
      greet(key);
    }
  }

  private void greet(SelectionKey key) throws IOException {
    ((SocketChannel) key.channel())
        .write(ByteBuffer.wrap(greeting(((Cycle) key.attachment()).target)));
    key.interestOps(SelectionKey.OP_READ);
  }

  private void step(SelectionKey key, Selector selector, int count) {
    try {
      SocketChannel socket = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        socket.finishConnect();
        greet(key);
        return;
      }
      int n = socket.read(heard.clear());
      Cycle cycle = (Cycle) key.attachment();
      cycle.heard += n;
      if (n < 0) {
        throw new IOException("A connection was closed before its answer");
      }
      if (cycle.heard == MESSAGE) {
        socket.close();
        done++;
        if (begun < count) {
          begin(selector);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
