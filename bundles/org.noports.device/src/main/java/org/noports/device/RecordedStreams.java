package org.noports.device;

import java.util.HashSet;
import java.util.Set;
import org.noports.api.policy.Decision;
import org.noports.api.tunnel.StreamRequest;

/**
 * Which streams of one session have to be recorded. What began without cannot be recorded later, so
 * a policy that obliges to it then ends it, and has the client open another session.
 */
final class RecordedStreams {
  static final String BEGAN_WITHOUT = "the session began without; open a new one";

  private final Set<StreamRequest> without = new HashSet<>();
  private boolean records;

  /** From the first obligation on all of the session's are recorded. */
  synchronized boolean records() {
    return records;
  }

  /** One is admitted, or has to stay. */
  synchronized void check(Decision.Permit permit, StreamRequest request) throws Refusal {
    if (permit.obligations().record()) {
      if (without.contains(request)) {
        throw Refusal.unrecorded(permit.rule(), BEGAN_WITHOUT);
      }
      records = true;
    } else if (!records) {
      without.add(request);
    }
  }
}
