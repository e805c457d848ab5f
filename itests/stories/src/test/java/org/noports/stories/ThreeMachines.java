package org.noports.stories;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.World;

/**
 * Infrastructure, device and client as three processes, and the machine's sshd beside the device.
 */
final class ThreeMachines extends ExternalResource {
  /** Longer than any start or hand-shake takes on a loaded machine. */
  static final Duration SOON = Duration.ofSeconds(60);

  private final TemporaryFolder folder = new TemporaryFolder();
  private final Consumer<World> configured;
  private World world;
  private OpenSsh sshd;

  ThreeMachines() {
    this(world -> {});
  }

  /**
   * @param configured edits configurations before anything is started
   */
  ThreeMachines(Consumer<World> configured) {
    this.configured = configured;
  }

  @Override
  protected void before() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    sshd = OpenSsh.start(root.resolve("sshd"));
    world = World.make(distribution, root, "localhost:*,udp:localhost:*");
    configured.accept(world);
    world.up();
  }

  @Override
  protected void after() {
    if (world != null) {
      world.close();
    }
    if (sshd != null) {
      sshd.close();
    }
    folder.delete();
  }

  World world() {
    return world;
  }

  OpenSsh sshd() {
    return sshd;
  }

  Path file(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  /** Opens a tunnel to {@code target} on the device and waits until it is ready. */
  Tunnel connect(String target, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "connect";
    arguments[1] = "dev1@device";
    arguments[2] = "--to";
    arguments[3] = target;
    System.arraycopy(more, 0, arguments, 4, more.length);
    Running running = world.client().start(arguments);
    String ready = running.awaitLine(line -> line.contains(" is at "), SOON);
    return new Tunnel(running, Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1)));
  }

  /** A tunnel held open by a {@code noports connect} in the foreground. */
  record Tunnel(Running process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }
}
