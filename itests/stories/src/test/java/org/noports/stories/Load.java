package org.noports.stories;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An application that sends pieces of data, each as soon as the story lets it pass. */
final class Load {
  private static final int MEBIBYTE = 1 << 20;

  private final Semaphore permits = new Semaphore(0);
  private final CompletableFuture<String> hash = new CompletableFuture<>();

  private Load() {}

  /** Sends {@code pieces} of so many MiB, and ends; it is always one piece ahead. */
  static Load start(int port, int pieces, int mebibytes) {
    Load load = new Load();
    Thread thread = new Thread(() -> load.send(port, pieces, mebibytes), "load");
    thread.setDaemon(true);
    thread.start();
    return load;
  }

  private void send(int port, int pieces, int mebibytes) {
    byte[] block = new byte[MEBIBYTE];
    new Random(port).nextBytes(block);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      MessageDigest digest = HashingSink.sha256();
      for (int piece = 0; piece < pieces; piece++) {
        for (int i = 0; i < mebibytes; i++) {
          // No two blocks are equal, so none can stand for another.
          ByteBuffer.wrap(block).putInt(piece).putInt(i);
          digest.update(block);
          out.write(block);
        }
        permits.acquire();
      }
      socket.shutdownOutput();
      hash.complete(HexFormat.of().formatHex(digest.digest()));
      socket.getInputStream().read();
    } catch (IOException | InterruptedException e) {
      hash.completeExceptionally(e);
    }
  }

  /** As many more may pass. */
  void letPass(int pieces) {
    permits.release(pieces);
  }

  /** Of all that was sent. */
  String hash() throws Exception {
    return hash.get(120, TimeUnit.SECONDS);
  }
}
