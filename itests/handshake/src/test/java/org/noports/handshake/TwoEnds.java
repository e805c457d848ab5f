package org.noports.handshake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Suite;
import org.noports.client.ClientAtHome;
import org.noports.device.DeviceAtHome;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.PosingKey;
import org.noports.testkit.fakes.RealKeys;

/**
 * @alice's client, dev1@device and two relays, all of whose atServers are one world.
 */
final class TwoEnds implements AutoCloseable {
  static final AtSign ALICE = AtSign.of("@alice");
  static final DeviceAddress DEVICE =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
  static final AtSign RELAY = AtSign.of("@relay");
  static final AtSign OTHER_RELAY = AtSign.of("@relay2");

  private final RealKeys alice = RealKeys.of("@alice").signingAlsoBy(PosingKey.cut());
  private final RealKeys dev1 = RealKeys.of("@device").signingAlsoBy(PosingKey.cut());
  final AtServerWorld world = new AtServerWorld();
  final ClientAtHome client;
  final DeviceAtHome device;

  TwoEnds() {
    world.with(
        RealKeys.of("@alice"),
        RealKeys.of("@device"),
        RealKeys.of("@relay"),
        RealKeys.of("@relay2"));
    new RelayInTheWorld(world, RELAY, "relay.example.org");
    new RelayInTheWorld(world, OTHER_RELAY, "relay2.example.org");
    client = new ClientAtHome(world);
    client.ciphers.cutOnce();
    device = new DeviceAtHome(world);
  }

  /** Both sign and verify by what passes for ML-DSA-65. */
  TwoEnds signing() {
    client.identities.with(alice);
    device.identities.with(dev1);
    client.ciphers.verifyPostQuantum(true);
    device.ciphers.verifyPostQuantum(true);
    return this;
  }

  RealKeys alice() {
    return alice;
  }

  RealKeys dev1() {
    return dev1;
  }

  /** From now on both have these suites. */
  void both(Suite... suites) {
    client.ciphers.add(suites);
    device.ciphers.add(suites);
  }

  /** Both can do NP2 with these suites and begin. */
  TwoEnds begin(Suite... suites) throws Exception {
    client.ciphers.add(suites);
    device.ciphers.add(suites);
    client.configure("np2", "true");
    device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true));
    Eventually.holds(() -> device.device.check().status() == Health.Status.OK);
    return this;
  }

  static TunnelRequest request(boolean keep) {
    return new TunnelRequest(
        ALICE,
        DEVICE,
        RELAY,
        Target.of("localhost:22"),
        Optional.empty(),
        keep,
        TunnelRequest.DEFAULT_GRACE);
  }

  CompletableFuture<TunnelSession> open() {
    return client.client.open(request(false), HandshakeListener.SILENT).toCompletableFuture();
  }

  @Override
  public void close() {
    client.close();
    device.close();
    world.close();
  }
}
