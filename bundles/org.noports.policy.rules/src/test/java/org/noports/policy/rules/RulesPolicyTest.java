package org.noports.policy.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;

public final class RulesPolicyTest {
  private final RulesPolicy policy = new RulesPolicy();

  @Test
  public void nobodyIsPermittedByDefault() {
    policy.configure(config("", "*:*"));
    Decision decision = decide("@alice");
    assertThat(decision, instanceOf(Decision.Abstain.class));
    assertThat(decision.rule(), is("default-deny"));
    assertThat(policy.check().status(), is(Health.Status.DEGRADED));
  }

  @Test
  public void nobodyIsPermittedBeforeTheFirstConfiguration() {
    assertThat(decide("@alice"), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void aManagerIsPermittedWhatPermitOpenSays() {
    policy.configure(config(" Alice , @bob", "localhost:22,*:443"));
    assertThat(
        decide("@alice"),
        is(
            new Decision.Permit(
                "managers", List.of(PermitOpen.of("localhost:22"), PermitOpen.of("*:443")))));
    assertThat(decide("@mallory"), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void whatIsRequiredOfManagersComesWithThePermit() {
    for (String require : List.of("", "pq-secrecy", "pq-authentication", "both")) {
      policy.configure(config("@alice", "*:*", require));
      assertThat(((Decision.Permit) decide("@alice")).require(), is(Requirement.of(require)));
    }
    policy.configure(config("@alice", "*:*", "pq-everything"));
    assertThat(((Decision.Permit) decide("@alice")).require(), is(new Requirement(true, true)));
    assertThat(policy.check().message(), containsString("none of pq-secrecy"));
  }

  @Test
  public void managersAreKnownSoThatDevicesCanTellThem() {
    policy.configure(config("@bob,@alice", "*:*"));
    assertThat(policy.known(), is(List.of(AtSign.of("@alice"), AtSign.of("@bob"))));
  }

  @Test
  public void anUnreadableChangeLeavesTheRulesBeforeInForceAndIsReported() {
    policy.configure(config("@alice", "*:*"));
    policy.configure(config("@alice,@b b", "*:*"));
    assertThat(decide("@alice"), instanceOf(Decision.Permit.class));
    assertThat(policy.check().status(), is(Health.Status.DOWN));
    assertThat(policy.check().message(), containsString("'@b b' is not an atSign"));
  }

  @Test
  public void aManagerWhoIsRemovedIsDeniedFromThenOn() {
    policy.configure(config("@alice", "*:*"));
    policy.configure(config("@bob", "*:*"));
    assertThat(decide("@alice"), instanceOf(Decision.Abstain.class));
  }

  private Decision decide(String client) {
    AccessRequest request =
        new AccessRequest(
            AtSign.of(client),
            new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
            "__none__",
            RequestKind.TUNNEL,
            Optional.of(Target.of("localhost:22")));
    return policy.decide(request).toCompletableFuture().join();
  }

  private static RulesPolicy.Config config(String managers, String permitOpen) {
    return config(managers, permitOpen, "");
  }

  private static RulesPolicy.Config config(String managers, String permitOpen, String require) {
    return new TestConfig(managers, permitOpen, require, "");
  }
}
