package org.noports.stories;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.World;

/** Infrastructure and client at one end of a cable, a device at the other: three processes. */
final class TwoPlaces extends ExternalResource {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final TemporaryFolder folder = new TemporaryFolder();
  private Network network;
  private World world;

  @Override
  protected void before() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    network = Network.make();
    try {
      world = World.make(distribution, root, "localhost:*", network).up();
    } catch (RuntimeException | AssertionError e) {
      network.close();
      throw e;
    }
  }

  @Override
  protected void after() {
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

  /** Opens a tunnel through the device, which shows that the device hears and answers. */
  Running connect() {
    Running running = world.client().start("connect", "dev1@device", "--to", "localhost:22");
    running.awaitLine(line -> line.contains(" is at "), SOON);
    return running;
  }
}
