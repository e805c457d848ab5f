package org.noports.atserver.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.health.Health;
import org.noports.api.network.Route;
import org.noports.api.store.AtStore;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.testkit.Eventually;
import org.noports.transport.TlsIdentity;

/** A running atServer host with {@code @alice} and {@code @bob}, and a way to talk to it. */
final class TestHost extends ExternalResource {
  static final AtSign ALICE = AtSign.of("@alice");
  static final AtSign BOB = AtSign.of("@bob");

  /** Has a secret, and no keys yet. */
  static final AtSign DORA = AtSign.of("@dora");

  private static final String CRAM_SECRET = "b3f1".repeat(32);

  private final TemporaryFolder folder = new TemporaryFolder();
  private final List<Line> lines = new ArrayList<>();
  final AtStore store;
  final TableDirectory directory = new TableDirectory();
  Settings settings;
  AtServerHost host;

  TestHost() {
    this(new FakeAtStore());
  }

  TestHost(AtStore store) {
    this.store = store;
  }

  @Override
  protected void before() throws Throwable {
    folder.create();
    settings = Settings.in(folder.getRoot().toPath());
    start();
    host.add(ALICE, Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey());
    host.add(BOB, Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey());
    host.addForOnboarding(DORA, Secret.owning(CRAM_SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  /** What {@link #DORA}'s owner answers to a challenge. */
  static String cramDigest(String challenge) {
    try {
      byte[] text = (CRAM_SECRET + challenge).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return folder.getRoot().toPath();
  }

  void start() {
    host = new AtServerHost();
    host.bindProxy(target -> Route.DIRECT);
    host.bindStore(store);
    host.bindDirectory(directory);
    host.bindRecords(directory);
    host.bindCiphers(new FakeCiphers(true));
    host.activate(settings.config());
    await(() -> host.check().status() == Health.Status.OK);
  }

  /** The host anew, with one setting changed. */
  void restart(String key, Object value) {
    stop();
    settings.with(key, value);
    start();
  }

  void stop() {
    lines.forEach(Line::close);
    lines.clear();
    host.deactivate();
  }

  /** Waits for what must come true soon. */
  static void await(BooleanSupplier condition) {
    try {
      Eventually.holds(condition::getAsBoolean);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  HostPort addressOf(AtSign atSign) {
    return host.all().stream()
        .filter(hosted -> hosted.atSign().equals(atSign))
        .findFirst()
        .orElseThrow()
        .address();
  }

  /** A connection whose greeting is still to come. */
  Line caller(HostPort address, Optional<String> serverName) {
    Line line = new Line(address, settings.trust(), serverName);
    lines.add(line);
    return line;
  }

  /** A connection on which nothing has been said; its greeting is taken. */
  Line stranger(AtSign atServer) {
    HostPort address = addressOf(atServer);
    boolean named = address.host().endsWith(Settings.DOMAIN);
    Line line = caller(address, Optional.of(address.host()).filter(name -> named));
    line.expect("@");
    return line;
  }

  /** A connection that shows a certificate, as another atServer's does; its greeting is taken. */
  Line atServer(AtSign called, TlsIdentity shown) {
    Line line = new Line(addressOf(called), settings.trust(), Optional.empty(), Optional.of(shown));
    lines.add(line);
    line.expect("@");
    return line;
  }

  /** A connection of the atSign's owner. */
  Line owner(AtSign atSign) {
    Line line = stranger(atSign);
    line.authenticate(atSign);
    return line;
  }

  /** A connection of {@code visitor}'s atServer, played by the test. */
  Line visitor(AtSign atServer, AtSign visitor) {
    Line home = owner(visitor);
    String key = home.data("llookup:" + visitor + ":signing_privatekey" + visitor);
    Line line = atServer(atServer, settings.identity());
    String[] asked = line.data("from:" + visitor).split(":");
    String signature = SigningKeys.sign(key, asked[2]);
    home.data("update:public:" + asked[1] + " " + signature);
    line.send("pol");
    line.expect(visitor + "@");
    return line;
  }

  @Override
  protected void after() {
    stop();
    folder.delete();
  }
}
