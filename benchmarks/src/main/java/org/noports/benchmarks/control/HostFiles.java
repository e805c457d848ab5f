package org.noports.benchmarks.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.noports.testkit.process.Shell;
import org.noports.testkit.tls.TestIdentity;

/**
 * The configuration of an instance that is an atDirectory and an atServer.
 *
 * @param home the instance's folder
 * @param directory port of the atDirectory
 * @param atServer port of the first atSign, or the one that all share
 */
record HostFiles(Path home, int directory, int atServer) {
  /** Below it each atSign has its host name, where they share a port. */
  static final String DOMAIN = "at.localhost";

  /**
   * Writes it.
   *
   * @param port the line that says how the atServer listens, with {@code %d} for its port
   */
  static HostFiles write(Path home, TestIdentity identity, Path trust, String port)
      throws IOException {
    HostFiles files = new HostFiles(home, Shell.freePort(), Shell.freePort());
    Path etc = Files.createDirectories(home.resolve("etc"));
    String tls = "certificate = " + identity.chain() + "\nkey = " + identity.key() + "\n";
    Files.writeString(
        etc.resolve("org.noports.directory.server.cfg"),
        tls + "port = " + files.directory() + "\nrecords = " + etc + "/directory.records\n");
    Files.writeString(
        etc.resolve("org.noports.directory.cfg"),
        "address = localhost:" + files.directory() + "\ntrust = " + trust + "\n");
    Files.writeString(
        etc.resolve("org.noports.atserver.host.cfg"),
        tls
            + String.format(port, files.atServer())
            + "\ninboundLimit = 40000\nprovision = "
            + etc
            + "/atsigns\n");
    Files.createDirectories(etc.resolve("atsigns"));
    files.records(0);
    return files;
  }

  /** Records of the atDirectory: {@code name0} and so on. */
  HostFiles records(int names) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      lines.add("@name" + i + " = host.example.org:" + (1 + i));
    }
    Files.write(home.resolve("etc/directory.records"), lines);
    return this;
  }

  /** Orders an atSign. */
  HostFiles provision(String atSign, PublicKey publicKey) throws IOException {
    String key = Base64.getEncoder().encodeToString(publicKey.getEncoded());
    Files.writeString(
        home.resolve("etc/atsigns/bench.atsign"),
        "atSign = " + atSign + "\nauthenticationKey = " + key + "\nencryptionKey = " + key + "\n");
    return this;
  }
}
