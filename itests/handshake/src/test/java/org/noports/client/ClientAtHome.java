package org.noports.client;

import java.util.Hashtable;
import java.util.Map;
import org.noports.api.relay.RelayTransport;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.FakeRelay;
import org.noports.testkit.fakes.FakeTunnelEnds;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** The client of @alice with its neighbours. */
public final class ClientAtHome implements AutoCloseable {
  public final JdkCiphers ciphers = new JdkCiphers();
  public final FakeIdentities identities = new FakeIdentities().with(RealKeys.of("@alice"));
  public final FakePins pins = new FakePins();
  public final FakeTunnelEnds ends = new FakeTunnelEnds();
  public final RecordingAudit audit = new RecordingAudit();
  public final Client client;

  public ClientAtHome(AtServerWorld world) {
    Neighbours neighbours = new Neighbours();
    neighbours.bindAtServers(world);
    neighbours.bindIdentities(identities);
    neighbours.bindTunnelEnds(ends);
    neighbours.bindCiphers(ciphers);
    neighbours.bindRelay(new FakeRelay(), Map.of(RelayTransport.NAME, "tcp"));
    neighbours.bindAudit(audit);
    neighbours.bindPins(pins);
    client = new Client(neighbours);
  }

  /** Keys and values in turn. */
  public void configure(String... pairs) {
    Hashtable<String, String> properties = new Hashtable<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    client.updated(properties);
  }

  @Override
  public void close() {
    client.stop();
  }
}
