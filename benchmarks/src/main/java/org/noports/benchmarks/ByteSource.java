package org.noports.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service that sends a fixed number of bytes to whoever connects. */
final class ByteSource implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;

  private final ServerSocket listener;
  private final long bytes;

  private ByteSource(ServerSocket listener, long bytes) {
    this.listener = listener;
    this.bytes = bytes;
  }

  static ByteSource start(long bytes) throws IOException {
    ByteSource source =
        new ByteSource(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), bytes);
    Thread acceptor = new Thread(source::serve, "byte-source");
    acceptor.setDaemon(true);
    acceptor.start();
    return source;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    byte[] chunk = new byte[CHUNK];
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        OutputStream out = socket.getOutputStream();
        for (long sent = 0; sent < bytes; sent += CHUNK) {
          out.write(chunk);
        }
      } catch (IOException e) {
        // The reader went away, or we were closed: the reader's side reports what it got.
      }
    }
  }

  /** Reads all that the source sends through {@code port}; MB/s. */
  double readThrough(int port) {
    byte[] buffer = new byte[CHUNK];
    long start = System.nanoTime();
    long read = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        read += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (read != bytes) {
      throw new IllegalStateException("Read " + read + " of " + bytes + " bytes");
    }
    return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
