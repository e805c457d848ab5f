package org.noports.device;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.noports.api.audit.Audit;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.RelayTransport;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.FakeRelay;
import org.noports.testkit.fakes.FakeTunnelEnds;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/** The device dev1@device, by the rules, the audit and the clock that a test gives it. */
public final class RuledDevice implements AutoCloseable {
  public final FakeTunnelEnds ends = new FakeTunnelEnds();
  public final JdkCiphers ciphers = new JdkCiphers();
  public final Device device;
  private final Neighbours neighbours = new Neighbours();
  private Optional<PolicyEvaluator> rules = Optional.empty();

  public RuledDevice(AtServerWorld world, Audit audit, Clock clock) {
    neighbours.bindIdentities(new FakeIdentities().with(RealKeys.of("@device")));
    neighbours.bindTunnelEnds(ends);
    neighbours.bindCiphers(ciphers);
    neighbours.bindRelay(new FakeRelay(), Map.of(RelayTransport.NAME, "tcp"));
    neighbours.bindAudit(audit);
    neighbours.bindPins(new FakePins());
    device = new Device(neighbours, "0.1.0", clock, Duration.ofSeconds(5));
    device.bindAtServers(world);
  }

  /** Starts it with the defaults but for these keys and values. */
  public void configure(Map<String, Object> changes) {
    device.configure(
        (Device.Config)
            Proxy.newProxyInstance(
                Device.Config.class.getClassLoader(),
                new Class<?>[] {Device.Config.class},
                (proxy, method, arguments) ->
                    changes.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** From now on these decide, and nobody else. */
  public void rule(PolicyEvaluator next) {
    rules.ifPresent(neighbours::unbindPolicy);
    rules = Optional.of(next);
    neighbours.bindPolicy(next, Map.of(PolicyEvaluator.NAME, "rules"));
  }

  @Override
  public void close() {
    device.stop();
  }
}
