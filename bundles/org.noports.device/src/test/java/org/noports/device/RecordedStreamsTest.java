package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.Requirement;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/** What a policy wants recorded is, or is not opened. */
public class RecordedStreamsTest {
  private static final Obligations RECORD =
      new Obligations(Requirement.NONE, Optional.empty(), true);
  private static final Target SSH = Target.of("service:ssh");
  private static final StreamRequest TO_SSH = new StreamRequest.Connect(SSH);
  private static final StreamRequest ELSEWHERE =
      new StreamRequest.Connect(Target.of("192.0.2.1:80"));

  @Rule public final TestDevice test = new TestDevice();
  private final Ruler ruler = new Ruler();
  private StreamGate gate;

  @Before
  public void open() throws Exception {
    test.neighbours.unbindPolicy(test.policy);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    TestDevice.Config config = new TestDevice.Config();
    config.permitOpen = "*:*,service:ssh";
    test.start(config);
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    alice.ask(alice.request(SessionId.random()));
    alice.hear();
    gate = test.ends.opened().get(0).gate().orElseThrow();
  }

  private void oblige(boolean record) {
    ruler.rule =
        request ->
            Ruler.permit(record && isAsked(request.target()) ? RECORD : Obligations.NONE, null);
  }

  /** Only of streams, so that the session itself stays. */
  private static boolean isAsked(Optional<Target> target) {
    return target.equals(Optional.of(SSH)) || target.equals(Optional.of(Target.of("192.0.2.1:80")));
  }

  private static StreamGate.Answer value(CompletionStage<StreamGate.Answer> answer)
      throws Exception {
    return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static String refusal(StreamGate.Answer answer) {
    return ((StreamGate.Refused) answer).reason();
  }

  @Test
  public void aStreamThatCanBeRecordedIsAdmittedAndKnownToHaveToBe() throws Exception {
    test.neighbours.bindSsh(new Records());
    oblige(false);
    assertThat(gate.records(), equalTo(false));
    oblige(true);
    assertThat(value(gate.admit(TO_SSH)), instanceOf(StreamGate.Admitted.class));
    assertThat(gate.records(), equalTo(true));
    assertThat(value(gate.again(TO_SSH, List.of())), instanceOf(StreamGate.Admitted.class));
  }

  @Test
  public void whatNobodyCanRecordIsRefusedAndSaysWhy() throws Exception {
    oblige(true);
    assertThat(refusal(value(gate.admit(TO_SSH))), containsString("nothing here records"));
    test.neighbours.bindSsh(new Records());
    assertThat(
        refusal(value(gate.admit(ELSEWHERE))), containsString("nobody looks at 192.0.2.1:80"));
    assertThat(gate.records(), equalTo(false));
  }

  @Test
  public void aStreamThatBeganUnrecordedEndsWhenThePolicyWantsItRecorded() throws Exception {
    test.neighbours.bindSsh(new Records());
    oblige(false);
    assertThat(value(gate.admit(TO_SSH)), instanceOf(StreamGate.Admitted.class));
    oblige(true);
    assertThat(refusal(value(gate.again(TO_SSH, List.of()))), containsString("obligation-record"));
    assertThat(refusal(value(gate.admit(TO_SSH))), containsString("open a new one"));
  }

  private static final class Records implements SshAtDevice {
    @Override
    public List<SshPublicKey> hostKeys(Target target) {
      return List.of();
    }

    @Override
    public Optional<String> whyNotRecorded(Target target) {
      return target.equals(SSH) ? Optional.empty() : Optional.of("nobody looks at " + target);
    }
  }
}
