package org.noports.device;

import java.util.Optional;
import org.noports.api.identity.Fingerprint;
import org.noports.api.policy.Decision;

/**
 * A request of a client whom the policy knows.
 *
 * @param asked the request
 * @param permit what the policy said
 * @param clientKey what the request was signed with; empty until that was verified
 */
record Permitted(Asked asked, Decision.Permit permit, Optional<Fingerprint> clientKey) {}
