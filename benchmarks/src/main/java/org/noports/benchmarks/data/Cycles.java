package org.noports.benchmarks.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Connections one after the other, several at a time: each says 64 bytes, hears them and is closed.
 */
final class Cycles {
  private static final int MESSAGE = 64;

  private final int port;
  private final byte[] greeting;
  private final ByteBuffer heard = ByteBuffer.allocateDirect(MESSAGE);
  private int begun;
  private int done;

  Cycles(int port, String line) {
    this.port = port;
    this.greeting =
        (line.equals("-") ? " ".repeat(MESSAGE) : line + "\n" + " ".repeat(MESSAGE))
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
    begun++;
    SocketChannel socket = SocketChannel.open();
    socket.configureBlocking(false);
    EndSockets.prepare(socket);
    boolean connected = socket.connect(EndSockets.local(port));
    SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT, new int[1]);
    if (connected) {
      greet(key);
    }
  }

  private void greet(SelectionKey key) throws IOException {
    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(greeting));
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
      int[] soFar = (int[]) key.attachment();
      soFar[0] += n;
      if (n < 0) {
        throw new IOException("A connection was closed before its answer");
      }
      if (soFar[0] == MESSAGE) {
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
