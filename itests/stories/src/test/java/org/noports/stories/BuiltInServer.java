package org.noports.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.noports.testkit.process.World;

/**
 * Gives a world's device the SSH server that is built in, beside the machine's own: with files,
 * windows, the client's agent, and forwards of each kind.
 */
final class BuiltInServer {
  private BuiltInServer() {}

  static void beside(World world) {
    Patient.with(world);
    Path file = world.device().home().resolve("etc/org.noports.device-dev1.cfg");
    try {
      Files.createDirectories(served(world));
      Files.writeString(
          file, Files.readString(file).replace("localhost:*,udp:", "localhost:*,service:ssh,udp:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    world.device().configure("org.noports.device-dev1.cfg", "permitListen = localhost:*\n");
    world
        .device()
        .configure(
            "org.noports.ssh.cfg",
            "shell = /bin/sh\nx11 = true\nagent = true\nsftpRoot = " + served(world) + "\n");
  }

  /** What its sftp serves as /. */
  static Path served(World world) {
    return world.device().home().resolve("served");
  }
}
