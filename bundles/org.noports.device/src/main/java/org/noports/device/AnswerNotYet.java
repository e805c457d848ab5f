package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Answers requests that are known and not served by this device: a client that the policy permits
 * is told so, everybody else hears nothing. A public key has no answer on the wire.
 */
final class AnswerNotYet {
  private static final String TEXT =
      "This device does not serve ssh_request: ask for a tunnel (npt_request) to its SSH port and"
          + " run ssh through it";

  private final Policy policy;
  private final Receipts receipts;

  AnswerNotYet(Policy policy, Receipts receipts) {
    this.policy = policy;
    this.receipts = receipts;
  }

  void answer(AtServerSession post, DeviceSettings device, Notification message, RequestKind kind) {
    AccessRequest question =
        new AccessRequest(message.from(), device.address(), device.group(), kind, Optional.empty());
    policy
        .decide(question, device.policyTimeout())
        .thenCompose(step(permit -> refuse(post, device, message, kind)))
        .exceptionally(failure -> conclude(device, message, kind, Step.cause(failure)));
  }

  private Void refuse(
      AtServerSession post, DeviceSettings device, Notification message, RequestKind kind)
      throws ProtocolViolation {
    receipts.refused(device, message.from(), kind, "not-served", "this device does not serve it");
    if (kind == RequestKind.SSH) {
      SessionId session =
          SignedEnvelope.parse(message.value()).payload().requireText("sessionId", SessionId::of);
      String name = MessageNames.response(session, device.name());
      post.notify(OutgoingNotification.ofSession(message.from(), name, TEXT))
          .exceptionally(
              failure -> {
                DeviceLog.unanswered(device, message.from(), Step.cause(failure));
                return "";
              });
    }
    return null;
  }

  private Void conclude(
      DeviceSettings device, Notification message, RequestKind kind, Throwable cause) {
    String rule = cause instanceof Refusal refusal ? refusal.rule() : "malformed";
    receipts.refused(device, message.from(), kind, rule, String.valueOf(cause.getMessage()));
    return null;
  }
}
