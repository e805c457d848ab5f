package org.noports.relay.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody has at the moment. */
final class FreePorts {
  private FreePorts() {}

  /** The first of so many free ports in a row. */
  static int inARow(int count) throws IOException {
    for (int first = 21_000; first < 31_000; first += count) {
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new AssertionError("No " + count + " free ports in a row");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        probe.setReuseAddress(true);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
