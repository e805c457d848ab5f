package org.noports.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;

/**
 * A proxy of one connection that plays a script of turns: what it must be told, what it answers,
 * and so on. An empty last answer hangs up; else the connection stays until the test ends.
 */
final class ScriptedProxy implements AutoCloseable {
  /** An answer that is none. */
  static final String HANG_UP = "";

  private final ServerSocket listening;
  private final CompletableFuture<Void> played = new CompletableFuture<>();
  private final CompletableFuture<Socket> accepted = new CompletableFuture<>();

  private ScriptedProxy(byte[][] script) throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> play(script), "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  static ScriptedProxy of(byte[]... script) throws IOException {
    return new ScriptedProxy(script);
  }

  HostPort address() {
    return new HostPort("127.0.0.1", listening.getLocalPort());
  }

  private void play(byte[][] script) {
    try {
      Socket socket = listening.accept();
      accepted.complete(socket);
      for (int turn = 0; turn < script.length; turn++) {
        if (turn % 2 == 1) {
          socket.getOutputStream().write(script[turn]);
        } else {
          byte[] told = socket.getInputStream().readNBytes(script[turn].length);
          if (!Arrays.equals(told, script[turn])) {
            throw new AssertionError("Turn " + turn + ": told " + Arrays.toString(told));
          }
        }
      }
      if (script[script.length - 1].length == 0) {
        socket.close();
      }
      played.complete(null);
    } catch (IOException | AssertionError e) {
      played.completeExceptionally(e);
    }
  }

  /** The script was played to its end, as written. */
  void assertPlayed() throws Exception {
    played.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
      accepted.join().close();
    }
  }
}
