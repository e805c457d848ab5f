package org.noports.benchmarks.control;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import org.noports.benchmarks.control.AtServerLink.Owner;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Running;

/** A running instance of the built distribution, started as systemd would. */
final class Host implements AutoCloseable {
  private static final String AT_SIGN = "@bench";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Running running;
  private final Owner owner;
  private final HostFiles files;

  private Host(Running running, Owner owner, HostFiles files) {
    this.running = running;
    this.owner = owner;
    this.files = files;
  }

  /** Starts one with an atSign of the driver's, and waits until both ports answer. */
  static Host start(Distribution distribution, HostFiles files) throws Exception {
    KeyPair keys = keys();
    files.provision(AT_SIGN, keys.getPublic());
    Running running = run(distribution, files);
    Host host = new Host(running, new Owner(AT_SIGN, keys.getPrivate()), files);
    try {
      Peers.awaitPort(files.directory(), "The atDirectory");
      Peers.awaitPort(files.atServer(), "The atServer");
      return host;
    } catch (IOException e) {
      host.close();
      throw e;
    }
  }

  /** Starts one as its files are. */
  static Running run(Distribution distribution, HostFiles files) {
    ProcessBuilder builder =
        new ProcessBuilder(
            distribution.noports().toString(),
            "--home",
            files.home().toString(),
            "up",
            "--service");
    builder.environment().put("NOPORTS_RUN", files.home().resolveSibling("run").toString());
    return Running.start(builder);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  Owner owner() {
    return owner;
  }

  int directory() {
    return files.directory();
  }

  int atServer() {
    return files.atServer();
  }

  long pid() {
    return running.pid();
  }

  static void stop(Running running) {
    running.signal("TERM");
    running.await(LIMIT);
    running.close();
  }

  @Override
  public void close() {
    stop(running);
  }
}
