package org.noports.relay.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.HostPort;
import org.noports.testkit.Stages;

/** A relay's port at which a test says word for word what is answered to the next connection. */
final class ScriptedRelay implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final ServerSocket listener;

  ScriptedRelay() throws IOException {
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(PATIENCE_MILLIS);
  }

  /** What a relay does with one connection. */
  @FunctionalInterface
  interface Script {
    void play(ScriptedRelay.Line line) throws Exception;
  }

  /** One accepted connection. */
  static final class Line {
    private final Socket socket;

    Line(Socket socket) {
      this.socket = socket;
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Up to and without the next newline, or the end of input. */
    String hearLine() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
      return line.toString(ISO_8859_1);
    }

    /** All that comes until the peer hangs up. */
    String hearAll() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  HostPort address() {
    return new HostPort("127.0.0.1", listener.getLocalPort());
  }

  /** Plays the script for the next connection, which is closed behind it. */
  CompletableFuture<Void> next(Script script) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket socket = listener.accept()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            script.play(new Line(socket));
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> new Thread(task, "scripted-relay").start());
  }

  /** Waits until a script has been played to its end. */
  static void played(CompletableFuture<Void> script) {
    Stages.value(script);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
