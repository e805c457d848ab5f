package org.noports.device;

import static org.noports.device.Step.step;

import java.net.InetAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/**
 * Admits one stream of a session that runs, or refuses it: the choke point of {@link AdmitSession}
 * for what is asked for later. The policy is asked again, and the device's lists are those of now:
 * what was taken out of them since the session began is not reached through it any more.
 */
final class AdmitStream {
  private final Neighbours neighbours;
  private final Policy policy;
  private final ResolveTarget names;
  private final ReviewSessions reviews;
  private final Supplier<DeviceSettings> settings;
  private final DeviceSessions sessions;
  private final Receipts receipts;

  AdmitStream(
      Neighbours neighbours,
      Policy policy,
      ResolveTarget names,
      ReviewSessions reviews,
      Supplier<DeviceSettings> settings,
      DeviceSessions sessions,
      Receipts receipts) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.names = names;
    this.reviews = reviews;
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
    SilentStreams silent = new SilentStreams();
    RecordedStreams recorded = new RecordedStreams();
    return new StreamGate() {
      @Override
      public CompletionStage<Answer> admit(StreamRequest request) {
        return AdmitStream.this.admit(asked, standing, request, recorded);
      }

      @Override
      public CompletionStage<Answer> again(StreamRequest request, List<InetAddress> addresses) {
        return AdmitStream.this.again(asked, standing, request, addresses, silent, recorded);
      }

      @Override
      public boolean records() {
        return recorded.records();
      }

      @Override
      public int reviews() {
        return running(asked).map(session -> session.permission().renewals()).orElse(0);
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
      Asked asked, Standing standing, StreamRequest request, RecordedStreams recorded) {
    // A session of one connection asks before its client has come.
    return asked
        .sighted()
        .known()
        .thenCompose(known -> step((StreamRequest r) -> settings.get()).apply(request))
        .thenCompose(
            device ->
                addresses(request, device)
                    .thenCompose(found -> ask(asked, standing, device, request, found))
                    .thenCompose(
                        step(
                            ruled -> {
                              guarded(asked, ruled.permit(), standing, device, request);
                              recorded.check(ruled.permit(), request);
                              return ruled;
                            })))
        .handle((ruled, failure) -> conclude(asked, request, ruled, failure));
  }

  private CompletionStage<List<InetAddress>> addresses(
      StreamRequest request, DeviceSettings device) {
    return request instanceof StreamRequest.Outgoing outgoing
        ? names.addresses(outgoing.target(), device.policyTimeout())
        : CompletableFuture.completedStage(List.of());
  }

  private CompletionStage<Policy.Ruled> ask(
      Asked asked,
      Standing standing,
      DeviceSettings device,
      StreamRequest request,
      List<InetAddress> addresses) {
    return policy.admit(
        question(asked, now(asked, standing), device, request),
        addresses,
        device,
        asked.request().sessionId());
  }

  /** What runs is asked for in its turn; while nobody can say, it stays. */
  private CompletionStage<StreamGate.Answer> again(
      Asked asked,
      Standing standing,
      StreamRequest request,
      List<InetAddress> addresses,
      SilentStreams silent,
      RecordedStreams recorded) {
    return step((StreamRequest r) -> settings.get())
        .apply(request)
        .thenCompose(
            device ->
                reviews
                    .inTurn(
                        question(asked, now(asked, standing), device, request), addresses, device)
                    .thenCompose(
                        step(
                            answers -> {
                              if (!policy.isAbsent() && silent.waits(request, answers)) {
                                running(asked).ifPresent(one -> one.permission().unsettled());
                              }
                              for (Policy.Answer answer : answers) {
                                if (answer.decision() instanceof Decision.Permit permit) {
                                  recorded.check(permit, request);
                                }
                              }
                              return stays(asked, standing, device, request, addresses, answers);
                            })))
        .exceptionally(failure -> ended(asked, request, Step.cause(failure)));
  }

  private Optional<DeviceSession> running(Asked asked) {
    return sessions.find(asked.request().sessionId());
  }

  private StreamGate.Answer stays(
      Asked asked,
      Standing standing,
      DeviceSettings device,
      StreamRequest request,
      List<InetAddress> addresses,
      List<Policy.Answer> answers)
      throws Refusal {
    if (request instanceof StreamRequest.Outgoing outgoing) {
      Guards.permittedByDevice(device, outgoing);
    }
    // Nobody here knows which of several addresses it was that was reached.
    for (Policy.Answer answer : answers) {
      if (answer.decision() instanceof Decision.Permit permit) {
        guardedByPolicy(asked, permit, standing, device, request);
        limit(asked, permit);
      } else if (!Policy.isUndecided(answer.decision())) {
        throw Refusal.silent(answer.decision().rule(), Policy.reason(answer.decision()));
      }
    }
    return new StreamGate.Admitted("", addresses);
  }

  private StreamGate.Answer ended(Asked asked, StreamRequest request, Throwable cause) {
    if (cause instanceof Refusal refusal) {
      receipts.refused(asked, request, refusal);
      return new StreamGate.Refused(
          request + " is not permitted any more: rule '" + refusal.rule() + "'");
    }
    if (cause instanceof NoSuchElementException) {
      // The device rests or is stopped: its sessions tell.
      return new StreamGate.Admitted("");
    }
    return ended(asked, request, Refusal.silent("not-decided", "unexpected " + cause));
  }

  /** The session is looked at again when the time of its first stream is over. */
  private void limit(Asked asked, Decision.Permit permit) {
    running(asked).ifPresent(session -> session.permission().alsoBy(permit));
  }

  private static AccessRequest question(
      Asked asked, Standing standing, DeviceSettings device, StreamRequest request) {
    RequestKind kind =
        request instanceof StreamRequest.Listen
            ? RequestKind.LISTEN
            : request instanceof StreamRequest.Udp
                ? RequestKind.UDP
                // An SSH session's one connection is what the session was asked for.
                : request.equals(new StreamRequest.Connect(asked.target()))
                    ? asked.kind()
                    : RequestKind.TUNNEL;
    AccessRequest bare = device.asks(asked.client(), kind, Guards.place(request));
    return new AccessRequest(
        asked.client(),
        asked.device().address(),
        device.group(),
        kind,
        bare.target(),
        asked.around(bare.circumstances(), standing.level()));
  }

  /** A session may have moved to another suite since it was admitted. */
  private Standing now(Asked asked, Standing admitted) {
    return running(asked)
        .map(running -> new Standing(running.facts().level(), admitted.authenticated()))
        .orElse(admitted);
  }

  private void guardedByPolicy(
      Asked asked,
      Decision.Permit permit,
      Standing standing,
      DeviceSettings device,
      StreamRequest request)
      throws Refusal {
    Guards.fulfillable(permit, Guards.place(request), neighbours);
    if (running(asked).filter(session -> session.permission().isUsedUpBy(permit)).isPresent()) {
      throw Refusal.usedUp(permit.rule());
    }
    MeetRequirement.stillMet(permit, device, now(asked, standing));
    if (request instanceof StreamRequest.Outgoing outgoing) {
      Guards.permittedByPolicy(permit, outgoing);
    }
  }

  private void guarded(
      Asked asked,
      Decision.Permit permit,
      Standing standing,
      DeviceSettings device,
      StreamRequest request)
      throws Refusal {
    guardedByPolicy(asked, permit, standing, device, request);
    if (request instanceof StreamRequest.Outgoing outgoing) {
      Guards.permittedByDevice(device, outgoing);
    } else if (request instanceof StreamRequest.Listen listen) {
      Guards.permittedToListen(device, listen.address());
    }
    limit(asked, permit);
  }

  private StreamGate.Answer conclude(
      Asked asked, StreamRequest request, Policy.Ruled ruled, Throwable failure) {
    if (failure == null) {
      String rule = ruled.permit().rule();
      receipts.admitted(asked, request, rule);
      return new StreamGate.Admitted(rule, ruled.addresses());
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
