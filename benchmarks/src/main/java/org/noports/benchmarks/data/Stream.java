package org.noports.benchmarks.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;

/** One connection that is used to the full: blocking, and with buffers outside the heap. */
final class Stream {
  private static final int CHUNK = 512 * 1024;
  private static final int MESSAGE = 64;

  private final SocketChannel socket;

  Stream(SocketChannel socket) {
    this.socket = socket;
  }

  /** Sends, ends the output and waits for the far side's end; seconds. */
  double send(int mebibytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    long start = System.nanoTime();
    for (long left = (long) mebibytes << 20; left > 0; left -= CHUNK) {
      chunk.clear();
      while (chunk.hasRemaining()) {
        socket.write(chunk);
      }
    }
    socket.shutdownOutput();
    if (socket.read(chunk.clear()) >= 0) {
      throw new IOException("The far side said something");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Receives up to the end of input and ends too; how many mebibytes. */
  double receive() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    long bytes = 0;
    for (int n = socket.read(chunk); n >= 0; n = socket.read(chunk.clear())) {
      bytes += n;
    }
    socket.shutdownOutput();
    return bytes / (double) (1 << 20);
  }

  /** Microseconds that messages took there and back: the middle and the 99th percentile. */
  String ping(int count) throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    double[] micros = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      socket.write(message.clear());
      fill(message.clear());
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    return String.format(Locale.ROOT, "%.2f %.2f", micros[count / 2], micros[count * 99 / 100]);
  }

  private void fill(ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      if (socket.read(message) < 0) {
        throw new EOFException("The far side ended");
      }
    }
  }

  /** Sends back what comes, up to the end of input. */
  void echo() throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    while (socket.read(message.clear()) >= 0) {
      message.flip();
      while (message.hasRemaining()) {
        socket.write(message);
      }
    }
  }
}
