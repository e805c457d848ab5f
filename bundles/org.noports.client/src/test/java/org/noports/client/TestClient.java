package org.noports.client;

import java.time.Clock;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.rules.ExternalResource;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;
import org.noports.api.relay.RelayTransport;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.LocalAddress;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.FakeRelay;
import org.noports.testkit.fakes.FakeTunnelEnds;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** The client of @alice with everything around it, in memory: a device and a relay that answer. */
final class TestClient extends ExternalResource {
  static final AtSign ALICE = AtSign.of("@alice");
  static final DeviceAddress DEVICE =
      new DeviceAddress(ScriptedDevice.AT_SIGN, ScriptedDevice.NAME);
  static final LocalAddress LOCAL = LocalAddress.of("2222");

  final AtServerWorld world = new AtServerWorld();
  final FakeTunnelEnds ends = new FakeTunnelEnds();
  final JdkCiphers ciphers = new JdkCiphers();
  final FakeRelay transport = new FakeRelay();
  final RecordingAudit audit = new RecordingAudit();
  final FakeIdentities identities = new FakeIdentities();
  final FakePins pins = new FakePins();
  final Neighbours neighbours = new Neighbours();
  Client client;
  ScriptedDevice device;
  ScriptedRelay relay;

  @Override
  protected void before() {
    RealKeys self = RealKeys.of("@alice");
    world.with(
        self,
        RealKeys.of("@device"),
        RealKeys.of("@relay"),
        RealKeys.of("@relay2"),
        RealKeys.of("@mallory"));
    device = new ScriptedDevice(world);
    relay = new ScriptedRelay(world);
    neighbours.bindAtServers(world);
    neighbours.bindIdentities(identities.with(self));
    neighbours.bindTunnelEnds(ends);
    neighbours.bindCiphers(ciphers);
    neighbours.bindRelay(transport, Map.of(RelayTransport.NAME, "tcp"));
    neighbours.bindAudit(audit);
    neighbours.bindPins(pins);
    client = new Client(neighbours, Clock.systemUTC());
    configure("from", "@alice", "relay", "@relay");
  }

  /** Keys and values in turn. */
  void configure(String... pairs) {
    Hashtable<String, String> properties = new Hashtable<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    client.updated(properties);
  }

  CompletableFuture<TunnelSession> open() {
    return open(request(DEVICE, ScriptedRelay.AT_SIGN, false));
  }

  CompletableFuture<TunnelSession> open(TunnelRequest request) {
    return client.open(request, HandshakeListener.SILENT).toCompletableFuture();
  }

  static TunnelRequest request(DeviceAddress device, AtSign relay, boolean keep) {
    return new TunnelRequest(
        ALICE,
        device,
        relay,
        Target.of("localhost:22"),
        Optional.of(LOCAL),
        keep,
        TunnelRequest.DEFAULT_GRACE);
  }

  /** Whether nothing of an attempt is left: no listener, no subscription, no session. */
  boolean nothingLeft() {
    return ends.bound().stream().allMatch(entrance -> entrance.closed())
        && ends.opened().stream().allMatch(end -> end.isOver())
        && world.listeners(ALICE) == 0
        && client.running().isEmpty();
  }

  @Override
  protected void after() {
    client.stop();
    world.close();
  }
}
