package org.noports.stories;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A TCP service on the loopback address that takes one connection and hashes what comes. */
final class HashingSink implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
  private final CompletableFuture<String> hash = new CompletableFuture<>();

  private HashingSink() throws IOException {}

  static HashingSink start() throws IOException {
    HashingSink sink = new HashingSink();
    Thread thread = new Thread(sink::take, "sink");
    thread.setDaemon(true);
    thread.start();
    return sink;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void take() {
    try (Socket socket = listener.accept()) {
      InputStream in = socket.getInputStream();
      MessageDigest digest = sha256();
      byte[] buffer = new byte[1 << 18];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      hash.complete(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      hash.completeExceptionally(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Of all that came, once it has ended. */
  String hash() throws Exception {
    return hash.get(120, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
