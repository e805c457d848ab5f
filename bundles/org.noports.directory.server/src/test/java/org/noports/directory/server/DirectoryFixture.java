package org.noports.directory.server;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;
import org.noports.testkit.tls.TlsLine;

/** An atDirectory on a free loopback port, with real TLS. */
public abstract class DirectoryFixture {
  static final AtSign ALICE = AtSign.of("@alice");
  static final HostPort HOME = new HostPort("1b5e0a8c.example.net", 6943);

  static final CallerLimits LIMITS = new CallerLimits(3, 100, 60, 10, 100);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  Path records;
  TestCa ca;
  ServedDirectory directory;

  @Before
  public void start() throws Exception {
    records = folder.getRoot().toPath().resolve("deep/directory.records");
    ca = new TestCa(folder.getRoot().toPath(), "Directory Test CA");
    directory = new ServedDirectory(settings(ca.issue("first", "localhost", "127.0.0.1"), 300));
    directory.register(ALICE, HOME);
  }

  @After
  public void stop() {
    directory.stop();
  }

  Settings settings(TestIdentity identity, int penaltyMillis) {
    return settings(identity, penaltyMillis, LIMITS);
  }

  Settings settings(TestIdentity identity, int penaltyMillis, CallerLimits callers) {
    return new Settings(
        "127.0.0.1",
        0,
        identity.chain(),
        identity.key(),
        false,
        records,
        4,
        3600,
        penaltyMillis,
        callers);
  }

  /** The same, elsewhere. */
  static Settings at(Settings settings, int port, Path records) {
    return new Settings(
        settings.bindAddress(),
        port,
        settings.certificate(),
        settings.key(),
        settings.inStore(),
        records,
        settings.maxConnections(),
        settings.idleSeconds(),
        settings.penaltyMillis(),
        settings.callers());
  }

  /** The same, with another patience. */
  static Settings idle(Settings settings, int seconds) {
    return new Settings(
        settings.bindAddress(),
        settings.port(),
        settings.certificate(),
        settings.key(),
        settings.inStore(),
        settings.records(),
        settings.maxConnections(),
        seconds,
        settings.penaltyMillis(),
        settings.callers());
  }

  /** The same, with the records in the store. */
  static Settings inStore(Settings settings) {
    return new Settings(
        settings.bindAddress(),
        settings.port(),
        settings.certificate(),
        settings.key(),
        true,
        settings.records(),
        settings.maxConnections(),
        settings.idleSeconds(),
        settings.penaltyMillis(),
        settings.callers());
  }

  TlsLine connect() throws IOException {
    return new TlsLine(directory.address().port(), ca.certificate());
  }

  static String ask(TlsLine line, String name) throws IOException {
    line.send(name + "\n");
    return line.read();
  }
}
