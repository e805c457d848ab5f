package org.noports.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.policy.Decision;
import org.noports.api.tunnel.StreamRequest;

/** The streams of one session of which nobody could say whether they may stay, and since when. */
final class SilentStreams {
  private final Map<StreamRequest, Long> since = new ConcurrentHashMap<>();

  /** Whether it has to be asked again; a no if rules are silent or fail for too long. */
  boolean waits(StreamRequest request, List<Policy.Answer> answers) throws Refusal {
    Optional<Decision> undecided =
        answers.stream().map(Policy.Answer::decision).filter(Policy::isUndecided).findFirst();
    if (undecided.isEmpty()) {
      since.remove(request);
      return false;
    }
    long now = System.nanoTime();
    Long before = since.putIfAbsent(request, now);
    if (before != null && now - before >= Permission.PATIENCE_NANOS) {
      throw Refusal.silent(undecided.get().rule(), Policy.reason(undecided.get()));
    }
    return true;
  }
}
