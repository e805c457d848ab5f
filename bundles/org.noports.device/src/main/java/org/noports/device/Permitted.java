package org.noports.device;

import org.noports.api.policy.Decision;

/**
 * A request of a client whom the policy knows.
 *
 * @param asked the request
 * @param permit what the policy said
 */
record Permitted(Asked asked, Decision.Permit permit) {}
