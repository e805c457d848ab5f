package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Tells a client that the device is there and what it can do (docs/protocol/noports.md 2.2 and
 * 2.4); a stranger hears nothing.
 */
final class AnswerPing {
  private final Neighbours neighbours;
  private final Policy policy;
  private final Receipts receipts;
  private final DeviceInfo info;
  private final DeviceNonces nonces;

  AnswerPing(
      Neighbours neighbours,
      Policy policy,
      Receipts receipts,
      DeviceInfo info,
      DeviceNonces nonces) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.receipts = receipts;
    this.info = info;
    this.nonces = nonces;
  }

  void answer(AtServerSession post, DeviceSettings device, AtSign client) {
    AccessRequest question = device.asks(client, RequestKind.PING, Optional.empty());
    policy
        .decide(question, device.policyTimeout())
        .thenCompose(step(permit -> about(device, client)))
        .thenCompose(about -> heartbeat(post, device, client, about))
        .whenComplete((id, failure) -> conclude(device, client, failure));
  }

  private PingResponse about(DeviceSettings device, AtSign client) throws NoPortsException {
    PingResponse about =
        info.of(
            device,
            neighbours.identities().identity(device.address().atSign()),
            neighbours.acceptsPublicKeys());
    return device.doesNp2(neighbours.ciphers()) ? about.withNp2Nonce(nonces.issue(client)) : about;
  }

  private static CompletionStage<String> heartbeat(
      AtServerSession post, DeviceSettings device, AtSign client, PingResponse about) {
    String name = MessageNames.heartbeat(device.name());
    return post.notify(OutgoingNotification.ofSession(client, name, about.toText()));
  }

  private void conclude(DeviceSettings device, AtSign client, Throwable failure) {
    if (failure == null) {
      return;
    }
    if (Step.cause(failure) instanceof Refusal refusal) {
      receipts.refused(device, client, RequestKind.PING, refusal.rule(), refusal.getMessage());
    } else {
      DeviceLog.unanswered(device, client, Step.cause(failure));
    }
  }
}
