package org.noports.benchmarks.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.noports.benchmarks.control.AtServerLink.Owner;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.tls.TestIdentity;

/**
 * An instance of the built distribution that is an atDirectory and the atServer of one atSign, run
 * as systemd would.
 */
final class Host implements AutoCloseable {
  private static final String AT_SIGN = "@bench";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Running running;
  private final Owner owner;
  private final int directory;
  private final int atServer;

  private Host(Running running, Owner owner, int directory, int atServer) {
    this.running = running;
    this.owner = owner;
    this.directory = directory;
    this.atServer = atServer;
  }

  /**
   * Writes the configuration, starts, and waits until both ports answer.
   *
   * @param names records of the atDirectory: {@code name0} and so on
   */
  static Host start(
      Distribution distribution, Path home, TestIdentity identity, Path trust, int names)
      throws Exception {
    int directory = Shell.freePort();
    int atServer = Shell.freePort();
    Path etc = Files.createDirectories(home.resolve("etc"));
    String tls = "certificate = " + identity.chain() + "\nkey = " + identity.key() + "\n";
    Files.writeString(
        etc.resolve("org.noports.directory.server.cfg"),
        tls + "port = " + directory + "\nrecords = " + etc + "/directory.records\n");
    Files.writeString(
        etc.resolve("org.noports.directory.cfg"),
        "address = localhost:" + directory + "\ntrust = " + trust + "\n");
    Files.writeString(
        etc.resolve("org.noports.atserver.host.cfg"),
        tls
            + "firstPort = "
            + atServer
            + "\ninboundLimit = 20000\nprovision = "
            + etc
            + "/atsigns\n");
    records(etc.resolve("directory.records"), names);
    KeyPair keys = keys();
    provision(etc.resolve("atsigns"), keys);
    Running running = run(distribution, home);
    Host host = new Host(running, new Owner(AT_SIGN, keys.getPrivate()), directory, atServer);
    try {
      Peers.awaitPort(directory, "The atDirectory");
      Peers.awaitPort(atServer, "The atServer");
      return host;
    } catch (IOException e) {
      host.close();
      throw e;
    }
  }

  private static void records(Path file, int names) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      lines.add("@name" + i + " = host.example.org:" + (1 + i));
    }
    Files.write(file, lines);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static void provision(Path folder, KeyPair keys) throws IOException {
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("bench.atsign"),
        "atSign = " + AT_SIGN + "\nauthenticationKey = " + key + "\nencryptionKey = " + key + "\n");
  }

  private static Running run(Distribution distribution, Path home) {
    ProcessBuilder builder =
        new ProcessBuilder(
            distribution.noports().toString(), "--home", home.toString(), "up", "--service");
    builder.environment().put("NOPORTS_RUN", home.resolveSibling("run").toString());
    return Running.start(builder);
  }

  Owner owner() {
    return owner;
  }

  int directory() {
    return directory;
  }

  int atServer() {
    return atServer;
  }

  long pid() {
    return running.pid();
  }

  @Override
  public void close() {
    running.signal("TERM");
    running.await(LIMIT);
    running.close();
  }
}
