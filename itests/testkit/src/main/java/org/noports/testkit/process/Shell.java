package org.noports.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Runs the machine's own programs. */
public final class Shell {
  /** No program of a test takes longer. */
  public static final Duration LIMIT = Duration.ofMinutes(3);

  private Shell() {}

  /** Runs a program to its end. */
  public static Finished run(String... command) {
    try (Running running = Running.start(new ProcessBuilder(command))) {
      return running.await(LIMIT);
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
