package org.noports.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself, so that people know where a second device runs. */
final class MachineName {
  private static final Path KERNELS = Path.of("/proc/sys/kernel/hostname");

  private MachineName() {}

  /** Asks nobody on the network. */
  static String get() {
    try {
      return Files.isReadable(KERNELS)
          ? Files.readString(KERNELS).trim()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    } catch (IOException e) {
      return "a machine whose name cannot be read";
    }
  }
}
