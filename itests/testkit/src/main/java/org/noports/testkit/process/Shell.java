package org.noports.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Runs the machine's own programs. */
public final class Shell {
  /** No program of a test takes longer. */
  public static final Duration LIMIT = Duration.ofMinutes(3);

  private static final int ATTEMPTS = 1_000;
  private static final int FIRST_PORT = 20_000;

  /** Linux takes what it chooses itself from 32768 on. */
  private static final int LAST_PORT = 32_000;

  private Shell() {}

  /** Runs a program to its end. */
  public static Finished run(String... command) {
    try (Running running = Running.start(new ProcessBuilder(command))) {
      return running.await(LIMIT);
    }
  }

  /**
   * A port that was free a moment ago, and stays so: it is none of those that the kernel takes for
   * connections of its own choice.
   */
  public static int freePort() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
    throw new AssertionError("No port from " + FIRST_PORT + " to " + LAST_PORT + " is free");
  }
}
