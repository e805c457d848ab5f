package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.noports.api.NoPortsException;
import org.noports.api.SessionRefused;
import org.noports.api.atserver.Notification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.api.ssh.AuthorizedKeys;

/**
 * Keeps the SSH public key that a client sends ({@code sshpublickey}, docs/protocol/noports.md
 * 2.9), if the policy permits the client and the owner of the device wants keys. The wire has no
 * answer to it: what is refused is in the log and the audit.
 */
final class AcceptPublicKey {
  private final Neighbours neighbours;
  private final Policy policy;
  private final Receipts receipts;
  private final Executor thread;

  /**
   * @param thread may wait for the disk
   */
  AcceptPublicKey(Neighbours neighbours, Policy policy, Receipts receipts, Executor thread) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.receipts = receipts;
    this.thread = thread;
  }

  void accept(DeviceSettings device, Notification message) {
    AccessRequest question = device.asks(message.from(), RequestKind.PUBLIC_KEY, Optional.empty());
    policy
        .decide(question, device.policyTimeout())
        .thenComposeAsync(step(permit -> keep(permit, message)), thread)
        .whenComplete((added, failure) -> conclude(device, message, added, failure));
  }

  private boolean keep(Decision.Permit permit, Notification message)
      throws NoPortsException, Refusal {
    Guards.fulfillable(permit, Optional.empty(), neighbours);
    AuthorizedKeys keys =
        neighbours
            .authorizedKeys()
            .orElseThrow(
                () -> new SessionRefused("org.noports.ssh is not configured on this device"));
    return keys.add(message.from(), message.value());
  }

  private void conclude(
      DeviceSettings device, Notification message, Boolean added, Throwable failure) {
    if (failure == null) {
      receipts.publicKey(device, message.from(), added);
      return;
    }
    Throwable cause = Step.cause(failure);
    String rule =
        cause instanceof Refusal refusal
            ? refusal.rule()
            : cause instanceof SessionRefused ? "not-served" : "not-kept";
    receipts.refused(
        device, message.from(), RequestKind.PUBLIC_KEY, rule, String.valueOf(cause.getMessage()));
  }
}
