package org.noports.policy.remote;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Observed;
import org.noports.protocol.policy.AskedAccess;
import org.noports.protocol.policy.AuthCheck;

/** Makes of what a device wants to know the question that travels. */
final class WriteQuestion {
  private WriteQuestion() {}

  static AuthCheck of(AccessRequest request) {
    Circumstances known = request.circumstances();
    AskedAccess asked =
        new AskedAccess(
            request.kind(),
            request.target().map(Target::wireHost),
            request.target().isPresent()
                ? OptionalInt.of(request.target().get().wirePort())
                : OptionalInt.empty(),
            known.address().map(InetAddress::getHostAddress),
            known.level(),
            known.deviceTags().stream().sorted().toList(),
            seen(known.observed()),
            known.claimedZone());
    return new AuthCheck(
        request.device(), request.deviceGroup(), request.client(), Optional.of(asked));
  }

  private static Optional<AskedAccess.Seen> seen(Observed observed) {
    return observed.pending()
        ? Optional.empty()
        : Optional.of(
            new AskedAccess.Seen(
                observed.address().map(InetAddress::getHostAddress), observed.country()));
  }
}
