package org.noports.device;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.rules.ExternalResource;
import org.noports.api.AtSign;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.RelayTransport;
import org.noports.protocol.session.MessageNames;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.FakeRelay;
import org.noports.testkit.fakes.FakeTunnelEnds;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** dev1@device with everything around it, in memory; @alice manages it. */
final class TestDevice extends ExternalResource {
  final AtServerWorld world = new AtServerWorld();
  final FakeTunnelEnds ends = new FakeTunnelEnds();
  final JdkCiphers ciphers = new JdkCiphers();
  final FakeRelay relay = new FakeRelay();
  final RecordingAudit audit = new RecordingAudit();
  final FakePins pins = new FakePins();
  final Neighbours neighbours = new Neighbours();
  final Managers policy = new Managers("*:*,udp:*:*", "@alice");
  final SetClock clock = new SetClock();
  Device device;

  /** The machine's clock, which somebody may set. */
  static final class SetClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void set(Duration from) {
      ahead = from;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Permits managers, as the rules do. */
  static final class Managers implements PolicyEvaluator {
    volatile List<PermitOpen> permitOpen;
    volatile List<AtSign> managers;

    Managers(String permitOpen, String... managers) {
      this.permitOpen = PermitOpen.listOf(permitOpen);
      this.managers = List.of(managers).stream().map(AtSign::of).toList();
    }

    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(
          managers.contains(request.client())
              ? new Decision.Permit("managers", permitOpen)
              : new Decision.Deny("default-deny", "unknown"));
    }

    @Override
    public List<AtSign> known() {
      return managers;
    }
  }

  @Override
  protected void before() throws Throwable {
    RealKeys self = RealKeys.of("@device");
    world.with(self, RealKeys.of("@alice"), RealKeys.of("@mallory"));
    neighbours.bindIdentities(new FakeIdentities().with(self));
    neighbours.bindTunnelEnds(ends);
    neighbours.bindCiphers(ciphers);
    neighbours.bindRelay(relay, Map.of(RelayTransport.NAME, "tcp"));
    neighbours.bindPolicy(policy, Map.of(PolicyEvaluator.NAME, "managers"));
    neighbours.bindAudit(audit);
    neighbours.bindPins(pins);
    device = another();
  }

  /** One more process, as it were, that runs a device of the same atSign. */
  Device another() {
    return another(Duration.ofMillis(100));
  }

  /** The same, which looks after its name every {@code tick}. */
  Device another(Duration tick) {
    Device another = new Device(neighbours, "0.1.0", clock, tick);
    another.bindAtServers(world);
    return another;
  }

  /** Starts it and waits until it hears and has claimed its name. */
  void start(Config config) throws Exception {
    device.configure(config);
    Eventually.holds(() -> device.check().status() == Health.Status.OK);
    Eventually.holds(() -> !claims().isEmpty());
  }

  /** What devices of @device have said so far of who they are. */
  List<String> claims() {
    return world.sent().stream()
        .filter(message -> message.name().startsWith(MessageNames.INSTANCE + "."))
        .filter(message -> message.from().equals(ScriptedClient.DEVICE))
        .map(Notification::value)
        .toList();
  }

  @Override
  protected void after() {
    device.stop();
    world.close();
  }

  /** A configuration that differs from the defaults in the fields that a test sets. */
  static final class Config implements Device.Config {
    String atSign = "@device";
    String name = "dev1";
    String permitOpen = "localhost:22,localhost:3389";
    String permitListen = "";
    String tags = "";
    boolean tellRefusals = true;
    boolean hide;
    boolean allowInsecureL0;
    int policyTimeoutSeconds = 10;
    int maxSessionsPerClient = 100;
    boolean np2 = true;
    boolean pinClients = true;
    String require = "";
    boolean requireAudit;
    String requireEvaluators = "";
    String observers = "";

    @Override
    public String atSign() {
      return atSign;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String group() {
      return "__none__";
    }

    @Override
    public String tags() {
      return tags;
    }

    @Override
    public boolean tellRefusals() {
      return tellRefusals;
    }

    @Override
    public String permitOpen() {
      return permitOpen;
    }

    @Override
    public String permitListen() {
      return permitListen;
    }

    @Override
    public String relayTransport() {
      return "tcp";
    }

    @Override
    public boolean hide() {
      return hide;
    }

    @Override
    public boolean allowInsecureL0() {
      return allowInsecureL0;
    }

    @Override
    public int policyTimeoutSeconds() {
      return policyTimeoutSeconds;
    }

    @Override
    public int maxSessionsPerClient() {
      return maxSessionsPerClient;
    }

    @Override
    public boolean np2() {
      return np2;
    }

    @Override
    public String requireEvaluators() {
      return requireEvaluators;
    }

    @Override
    public boolean pinClients() {
      return pinClients;
    }

    @Override
    public String require() {
      return require;
    }

    @Override
    public boolean requireAudit() {
      return requireAudit;
    }

    @Override
    public String observers() {
      return observers;
    }

    @Override
    public String userName() {
      return "pi";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Device.Config.class;
    }
  }
}
