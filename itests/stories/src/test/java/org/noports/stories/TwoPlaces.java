package org.noports.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** Infrastructure and client at one end of a cable, a device at the other: three processes. */
final class TwoPlaces extends ExternalResource {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final TemporaryFolder folder = new TemporaryFolder();
  private Network network;
  private World world;
  private String original = "";
  private long frozen;

  @Override
  protected void before() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    network = Network.make();
    try {
      world = World.make(distribution, root, "localhost:*", network);
      world.up();
    } catch (RuntimeException | AssertionError e) {
      network.close();
      throw e;
    }
  }

  @Override
  protected void after() {
    if (frozen != 0) {
      thaw();
    }
    if (network != null) {
      network.mend();
    }
    if (world != null) {
      world.close();
    }
    if (network != null) {
      network.close();
    }
    folder.delete();
  }

  World world() {
    return world;
  }

  Network network() {
    return network;
  }

  /** The device with these lines in its configuration of connections, restarted if need be. */
  void deviceWith(String lines) {
    Path file = world.device().home().resolve("etc/org.noports.atserver.cfg");
    try {
      original = original.isEmpty() ? Files.readString(file) : original;
      if (!Files.readString(file).equals(original + lines)) {
        world.device().close();
        Files.writeString(file, original + lines);
        world.device().up();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder for a story's own files. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.getRoot().toPath().resolve(name));
  }

  /** Where the device's atServer is. */
  String atServer() {
    String where = world.client().run("where", "@device").orFail().out();
    return where.replaceAll("(?s).*(" + Network.HERE + ":\\d+).*", "$1");
  }

  /** Whether what listens there shows a certificate that is not over. */
  boolean showsAGoodCertificate(String address) {
    List<String> command = new ArrayList<>(network.here());
    command.addAll(
        List.of(
            "sh",
            "-c",
            "openssl s_client -connect "
                + address
                + " </dev/null 2>/dev/null | openssl x509 -noout -checkend 0"));
    return Shell.run(command.toArray(String[]::new)).exitCode() == 0;
  }

  /** A machine that was made from a copy of the device's. */
  Machine twin() {
    Machine device = world.device();
    Path home = device.home().resolveSibling("device-twin");
    Shell.run("cp", "-r", device.home().toString(), home.toString()).orFail();
    Shell.run("rm", "-rf", home.resolve("data").toString()).orFail();
    return new Machine(device.distribution(), home, device.sockets(), device.place());
  }

  /** Stops the process that answers for the atDirectory, the atServers and the relay. */
  void freeze() {
    frozen = world.infrastructure().pid();
    Shell.run("kill", "-STOP", Long.toString(frozen)).orFail();
  }

  /** Lets it go on. */
  void thaw() {
    Shell.run("kill", "-CONT", Long.toString(frozen)).orFail();
    frozen = 0;
  }

  /** Asks the device for a tunnel. */
  Running ask() {
    return world.client().start("connect", "dev1@device", "--to", "localhost:22");
  }

  /** Opens a tunnel through the device, which shows that the device hears and answers. */
  Running connect() {
    Running running = ask();
    running.awaitLine(line -> line.contains(" is at "), SOON);
    return running;
  }
}
