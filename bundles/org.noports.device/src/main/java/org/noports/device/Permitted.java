package org.noports.device;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.noports.api.identity.Fingerprint;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.Level;
import org.noports.protocol.np2.Np2Signing;

/**
 * A request of a client whom the policy knows.
 *
 * @param asked the request
 * @param permit what the policy said
 * @param addresses those of the target's that it permits; empty if the target has none
 * @param level how the session was expected to be protected when the policy was asked
 * @param generation which rules were asked, by {@link ReviewSessions#generation}
 * @param clientKey what the request was signed with; empty until that was verified
 * @param clientSigns the ML-DSA-65 key that it was signed with as well; empty if none was verified
 */
record Permitted(
    Asked asked,
    Decision.Permit permit,
    List<InetAddress> addresses,
    Level level,
    int generation,
    Optional<Fingerprint> clientKey,
    Optional<Np2Signing.Key> clientSigns) {
  /** One of which nothing was verified yet. */
  Permitted(Asked asked, Policy.Ruled ruled, Level level, int generation) {
    this(
        asked,
        ruled.permit(),
        ruled.addresses(),
        level,
        generation,
        Optional.empty(),
        Optional.empty());
  }

  /** As asked again. */
  Permitted ruled(Permitted again) {
    return new Permitted(
        asked,
        again.permit,
        again.addresses,
        again.level,
        again.generation,
        clientKey,
        clientSigns);
  }

  /** As ruled again for the same level. */
  Permitted ruled(Policy.Ruled again, int by) {
    return ruled(new Permitted(asked, again, level, by));
  }

  /** What it was signed with, once that was verified. */
  Permitted verified(Fingerprint key, Optional<Np2Signing.Key> signs) {
    return new Permitted(asked, permit, addresses, level, generation, Optional.of(key), signs);
  }

  /** What the session has to be, for any of the three who may say so. */
  Requirement required() {
    return asked.device().require().and(permit.require()).and(asked.signing().require());
  }
}
