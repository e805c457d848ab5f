package org.noports.access;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.access.AccessWish;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** A desk at dev1@device, with two clocks that a test moves and a file that outlives it. */
final class TestDesk implements AutoCloseable {
  static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  static final DeviceAddress DEVICE =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));

  final AtServerWorld world = new AtServerWorld();
  final RecordingAudit audit = new RecordingAudit();
  final TestClock clock = new TestClock(NOON);
  final AtomicLong nanos = new AtomicLong();
  final Neighbours neighbours = new Neighbours();
  final FakePins pins = new FakePins();
  private final Path file;
  TimedAccesses desk;

  TestDesk(Path file) {
    this.file = file;
    world.with(RealKeys.of("@device"), RealKeys.of("@alice"), RealKeys.of("@mallory"));
    neighbours.bindAtServers(world);
    neighbours.bindIdentities(
        new FakeIdentities().with(RealKeys.of("@device")).with(RealKeys.of("@alice")));
    neighbours.bindCiphers(new JdkCiphers());
    neighbours.bindPins(pins);
    neighbours.bindAudit(audit);
    start();
  }

  /** As after a restart of the machine: nothing is left but the file and the clock. */
  void start() {
    desk = new TimedAccesses(neighbours, clock, nanos::get);
    configure(Map.of());
  }

  void configure(Map<String, Object> changes) {
    desk.configure(
        (AccessConfig)
            Proxy.newProxyInstance(
                AccessConfig.class.getClassLoader(),
                new Class<?>[] {AccessConfig.class},
                (proxy, method, arguments) ->
                    changes.getOrDefault(
                        method.getName(),
                        switch (method.getName()) {
                          case "askers" -> "@alice";
                          case "file" -> file.toString();
                          default -> method.getDefaultValue();
                        })));
  }

  /** Both clocks go on. */
  void pass(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
    desk.tick();
  }

  static AccessWish wish(int number, String client, String target) {
    return new AccessWish(
        String.format("%032x", number),
        AtSign.of(client),
        DEVICE,
        Target.of(target),
        Duration.ofHours(1),
        "the pump does not start");
  }

  Decision ask(String client, RequestKind kind, String target) {
    Optional<Target> place =
        kind == RequestKind.PING ? Optional.empty() : Optional.of(Target.of(target));
    return Stages.value(
        desk.decide(
            new AccessRequest(
                AtSign.of(client),
                DEVICE,
                "__none__",
                kind,
                place,
                Circumstances.at(clock.instant()))));
  }

  /** Whether @alice may have a connection to port 22. */
  boolean permits() {
    return ask("@alice", RequestKind.TUNNEL, "localhost:22") instanceof Decision.Permit;
  }

  @Override
  public void close() {
    desk.stop();
    world.close();
  }
}
