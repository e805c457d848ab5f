package org.noports.stories;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/**
 * Infrastructure, a client, a device that has no rules of its own, and the policy services that it
 * asks: two, of which one runs at first, each in a process of its own behind the atSign
 * {@code @rules}.
 */
final class PolicyService extends ExternalResource {
  private static final String BOOK = "etc/policy.yaml";

  private final TemporaryFolder folder = new TemporaryFolder();
  private World world;
  private OpenSsh sshd;
  private Machine first;
  private Machine second;

  @Override
  protected void before() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    sshd = OpenSsh.start(root.resolve("sshd"));
    world = World.make(distribution, root, "localhost:*", List.of("@alice", "@rules"));
    Path device = world.device().home().resolve("etc");
    Files.writeString(device.resolve("org.noports.policy.rules.cfg"), "managers =\n");
    // The first question of all is asked on a machine that may be busy.
    Files.writeString(
        device.resolve("org.noports.policy.remote.cfg"), "policyAtSign = @rules\naskSeconds = 8\n");
    // Whether the relay is quick is not the question here, on a machine that may be busy.
    world
        .client()
        .configure(
            "org.noports.client.cfg", "relayTimeoutSeconds = 30\nresponseTimeoutSeconds = 30\n");
    Path home = root.resolve("world/client-rules");
    Files.writeString(
        home.resolve("etc/org.noports.policy.host.cfg"),
        "atSign = @rules\ndevices = @device\nsharedAtSign = true\n");
    Files.writeString(home.resolve("etc/org.noports.policy.rules.cfg"), "book = " + BOOK + "\n");
    Files.writeString(home.resolve(BOOK), book(""));
    copy(home, root.resolve("world/rules-too"));
    first = new Machine(distribution, home, root.resolve("run"));
    second = new Machine(distribution, root.resolve("world/rules-too"), root.resolve("run"));
    world.infrastructure().up().awaitWell("org.noports.relay.server");
    first.up().awaitWell("org.noports.policy.host");
    world.device().up().awaitWell("org.noports.device/dev1");
    world.client().up();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts)
              throws IOException {
            return copied(folder);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            return copied(file);
          }

          private FileVisitResult copied(Path one) throws IOException {
            Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  protected void after() {
    if (second != null) {
      second.close();
      first.close();
    }
    if (world != null) {
      world.close();
    }
    if (sshd != null) {
      sshd.close();
    }
    folder.delete();
  }

  Machine device() {
    return world.device();
  }

  Machine first() {
    return first;
  }

  Machine second() {
    return second;
  }

  int sshPort() {
    return sshd.port();
  }

  /**
   * Gives the first service, which runs, another book, and waits until the device has it.
   *
   * @param more keys of the one rule, by which {@code @alice} may go to that sshd
   */
  void changeBook(String more) throws Exception {
    Path book = first.home().resolve(BOOK);
    if (Files.readString(book).equals(book(more))) {
      return;
    }
    LogSince taken = new LogSince(device());
    Path fresh = book.resolveSibling("policy.yaml.new");
    Files.writeString(fresh, book(more));
    Files.move(fresh, book, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    taken.await("policy-snapshot-taken: dev1@device has revision");
  }

  private String book(String more) {
    return """
        format: 1
        rules:
          - name: alice-may
            effect: permit
            who: ["@alice"]
            devices: ["@device"]
            places: ["localhost:%d"]
        """
            .formatted(sshPort())
        + more.indent(4);
  }

  /** Ends a service's process without a word. */
  static void kill(Machine service) {
    Shell.run("kill", "-KILL", Long.toString(service.pid())).orFail();
  }

  /** Asks for a tunnel; whether one comes is for the caller to see. */
  Running connect(int port) {
    return world.client().start("connect", "dev1@device", "--to", "localhost:" + port);
  }

  /** What the first machine behind the tunnel says first, once that stands. */
  static String banner(Running connect) throws IOException {
    String ready = connect.awaitLine(line -> line.contains(" is at "), ThreeMachines.SOON);
    int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
    try (Socket ssh = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return new String(ssh.getInputStream().readNBytes(8), US_ASCII);
    }
  }
}
