package org.noports.device;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.api.relay.RelayTransport;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.FakeRelay;
import org.noports.testkit.fakes.FakeTunnelEnds;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** The device dev1@device with its neighbours; everybody may use it until {@link #deny}. */
public final class DeviceAtHome implements AutoCloseable {
  public final JdkCiphers ciphers = new JdkCiphers();
  public final FakeIdentities identities = new FakeIdentities().with(RealKeys.of("@device"));
  public final FakePins pins = new FakePins();
  public final FakeTunnelEnds ends = new FakeTunnelEnds();
  public final RecordingAudit audit = new RecordingAudit();
  public final Device device;
  private final Everybody policy = new Everybody();

  private static final class Everybody implements PolicyEvaluator {
    private volatile Optional<String> denied = Optional.empty();
    private volatile Requirement require = Requirement.NONE;

    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(
          denied.isPresent() && request.kind() != RequestKind.PING
              ? new Decision.Deny("denied", denied.get())
              : new Decision.Permit("everybody", List.of(PermitOpen.ANY), require));
    }
  }

  public DeviceAtHome(AtServerWorld world) {
    Neighbours neighbours = new Neighbours();
    neighbours.bindIdentities(identities);
    neighbours.bindTunnelEnds(ends);
    neighbours.bindCiphers(ciphers);
    neighbours.bindRelay(new FakeRelay(), Map.of(RelayTransport.NAME, "tcp"));
    neighbours.bindAudit(audit);
    neighbours.bindPins(pins);
    neighbours.bindPolicy(policy, Map.of());
    device = new Device(neighbours, "0.1.0", Clock.systemUTC(), Duration.ofSeconds(5));
    device.bindAtServers(world);
  }

  /** Starts it with the defaults but for these keys and values. */
  public void configure(Map<String, Object> changes) {
    Device.Config config =
        (Device.Config)
            Proxy.newProxyInstance(
                Device.Config.class.getClassLoader(),
                new Class<?>[] {Device.Config.class},
                (proxy, method, arguments) ->
                    method.getName().equals("annotationType")
                        ? (Class<? extends Annotation>) Device.Config.class
                        : changes.getOrDefault(method.getName(), method.getDefaultValue()));
    device.configure(config);
  }

  /** From now on the policy says no to whatever is more than a ping. */
  public void deny(String why) {
    policy.denied = Optional.of(why);
  }

  /** From now on the policy requires this of sessions. */
  public void require(Requirement require) {
    policy.require = require;
  }

  @Override
  public void close() {
    device.stop();
  }
}
