package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/**
 * Admits one stream of a session that runs, or refuses it: the choke point of {@link AdmitSession}
 * for what is asked for later. The policy is asked again, and the device's lists are those of now:
 * what was taken out of them since the session began is not reached through it any more.
 */
final class AdmitStream {
  private final Policy policy;
  private final Supplier<DeviceSettings> settings;
  private final DeviceSessions sessions;
  private final Receipts receipts;

  AdmitStream(
      Policy policy,
      Supplier<DeviceSettings> settings,
      DeviceSessions sessions,
      Receipts receipts) {
    this.policy = policy;
    this.sessions = sessions;
    this.settings = settings;
    this.receipts = receipts;
  }

  /**
   * What a session is against quantum computers.
   *
   * @param level when it was admitted
   * @param authenticated whether both ends signed by ML-DSA-65
   */
  record Standing(Level level, boolean authenticated) {}

  /** The gate of the session that {@code asked} was admitted as. */
  StreamGate of(Asked asked, Standing standing) {
    return new StreamGate() {
      @Override
      public CompletionStage<Answer> admit(StreamRequest request) {
        return AdmitStream.this.admit(asked, standing, request);
      }

      @Override
      public Optional<String> objection(StreamRequest.Listen admitted) {
        return AdmitStream.this.objection(asked, admitted);
      }
    };
  }

  /** The device's list alone: a policy that is being replaced must not end what it will permit. */
  private Optional<String> objection(Asked asked, StreamRequest.Listen admitted) {
    try {
      Guards.permittedToListen(settings.get(), admitted.address());
      return Optional.empty();
    } catch (Refusal refusal) {
      receipts.refused(asked, admitted, refusal);
      return Optional.of(refusal.getMessage());
    }
  }

  private CompletionStage<StreamGate.Answer> admit(
      Asked asked, Standing standing, StreamRequest request) {
    return step((StreamRequest r) -> settings.get())
        .apply(request)
        .thenCompose(
            device ->
                policy
                    .decide(question(asked, device, request), device.policyTimeout())
                    .thenCompose(step(permit -> required(permit, device, now(asked, standing))))
                    .thenCompose(step(permit -> guarded(permit, device, request))))
        .handle((rule, failure) -> conclude(asked, request, rule, failure));
  }

  private static AccessRequest question(Asked asked, DeviceSettings device, StreamRequest request) {
    RequestKind kind =
        request instanceof StreamRequest.Listen
            ? RequestKind.LISTEN
            : request instanceof StreamRequest.Udp ? RequestKind.UDP : RequestKind.TUNNEL;
    return new AccessRequest(
        asked.client(),
        asked.device().address(),
        device.group(),
        kind,
        request instanceof StreamRequest.Outgoing outgoing
            ? Optional.of(outgoing.target())
            : Optional.empty());
  }

  /** A session may have moved to another suite since it was admitted. */
  private Standing now(Asked asked, Standing admitted) {
    return sessions
        .find(asked.request().sessionId())
        .map(running -> new Standing(running.facts().level(), admitted.authenticated()))
        .orElse(admitted);
  }

  /** What is required now may be more than when the session was admitted. */
  private static Decision.Permit required(
      Decision.Permit permit, DeviceSettings device, Standing standing) throws Refusal {
    Requirement all = device.require().and(permit.require());
    Requirement unmet = all.unmet(all.permits(standing.level()), standing.authenticated());
    if (!unmet.equals(Requirement.NONE)) {
      throw Refusal.unmet(
          unmet,
          "it is of level " + standing.level(),
          (standing.authenticated() ? "both ends" : "not both ends") + " signed by ML-DSA-65");
    }
    return permit;
  }

  /** The rule that permitted it, once the lists have let it pass. */
  private static String guarded(
      Decision.Permit permit, DeviceSettings device, StreamRequest request) throws Refusal {
    if (request instanceof StreamRequest.Outgoing outgoing) {
      Guards.permittedByPolicy(permit, outgoing);
      Guards.permittedByDevice(device, outgoing);
    } else if (request instanceof StreamRequest.Listen listen) {
      Guards.permittedToListen(device, listen.address());
    }
    return permit.rule();
  }

  private StreamGate.Answer conclude(
      Asked asked, StreamRequest request, String rule, Throwable failure) {
    if (failure == null) {
      receipts.admitted(asked, request, rule);
      return new StreamGate.Admitted(rule);
    }
    Throwable cause = Step.cause(failure);
    Refusal refusal =
        cause instanceof Refusal no ? no : Refusal.silent("not-decided", "unexpected " + cause);
    receipts.refused(asked, request, refusal);
    return new StreamGate.Refused(
        refusal
            .answer()
            .orElse("the policy of " + asked.device().address() + " does not permit it any more"));
  }
}
