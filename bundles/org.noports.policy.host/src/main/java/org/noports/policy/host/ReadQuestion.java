package org.noports.policy.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.policy.AskedAccess;
import org.noports.protocol.policy.AuthCheck;

/**
 * Makes of a device's question the one that evaluators are asked. The time is ours; what the device
 * says of its links and its client is its word, and it enforces the answer.
 */
final class ReadQuestion {
  private static final String LITERAL = "[0-9a-fA-F:.]{2,45}";

  private ReadQuestion() {}

  static AccessRequest of(AuthCheck check, Instant now) throws ProtocolViolation {
    // A daemon that does not say what for wants to know whether the client may in at all.
    RequestKind kind = check.request().map(AskedAccess::kind).orElse(RequestKind.PING);
    Optional<Target> target =
        check.request().isPresent() ? target(check.request().get()) : Optional.empty();
    Circumstances circumstances =
        check.request().isPresent()
            ? circumstances(check.request().get(), now)
            : Circumstances.at(now).seen(Observed.NOTHING);
    return new AccessRequest(
        check.client(), check.device(), check.deviceGroup(), kind, target, circumstances);
  }

  private static Optional<Target> target(AskedAccess asked) throws ProtocolViolation {
    if (asked.host().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Target.ofWire(asked.host().get(), asked.port().orElse(1)));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("policy request: " + e.getMessage(), e);
    }
  }

  private static Circumstances circumstances(AskedAccess asked, Instant now)
      throws ProtocolViolation {
    return new Circumstances(
        Set.copyOf(asked.tags()),
        address(asked.address()),
        asked.level(),
        observed(asked.observed()),
        asked.claimedZone(),
        now);
  }

  private static Observed observed(Optional<AskedAccess.Seen> seen) throws ProtocolViolation {
    return seen.isEmpty()
        ? Observed.PENDING
        : new Observed(false, address(seen.get().address()), seen.get().country());
  }

  /** An address as it is written, never a name: nothing is looked up because somebody asks. */
  private static Optional<InetAddress> address(Optional<String> text) throws ProtocolViolation {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches(LITERAL)) {
      throw new ProtocolViolation("policy request: an address is not written as one");
    }
    try {
      return Optional.of(InetAddress.getByName(text.get()));
    } catch (UnknownHostException e) {
      throw new ProtocolViolation("policy request: an address is not written as one", e);
    }
  }
}
