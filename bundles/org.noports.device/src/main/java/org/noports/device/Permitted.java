package org.noports.device;

import java.util.Optional;
import org.noports.api.identity.Fingerprint;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Requirement;
import org.noports.protocol.np2.Np2Signing;

/**
 * A request of a client whom the policy knows.
 *
 * @param asked the request
 * @param permit what the policy said
 * @param clientKey what the request was signed with; empty until that was verified
 * @param clientSigns the ML-DSA-65 key that it was signed with as well; empty if none was verified
 */
record Permitted(
    Asked asked,
    Decision.Permit permit,
    Optional<Fingerprint> clientKey,
    Optional<Np2Signing.Key> clientSigns) {
  /** One of which nothing was verified yet. */
  Permitted(Asked asked, Decision.Permit permit) {
    this(asked, permit, Optional.empty(), Optional.empty());
  }

  /** What the session has to be, for any of the three who may say so. */
  Requirement required() {
    return asked.device().require().and(permit.require()).and(asked.signing().require());
  }
}
