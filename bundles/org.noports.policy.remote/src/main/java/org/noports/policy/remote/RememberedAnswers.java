package org.noports.policy.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;

/**
 * What was answered a moment ago: the streams of a session ask what the session has asked. A
 * service of another make answers about a client, whatever it wants; ours about one question.
 */
final class RememberedAnswers {
  /** Beyond it all are forgotten: they are only there to save asking. */
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<Object, Kept> kept = new ConcurrentHashMap<>();
  private int forgotten;

  private record Kept(Decision decision, Instant since, Instant until) {}

  RememberedAnswers(Clock clock) {
    this.clock = clock;
  }

  /** What counts for this question now. */
  Optional<Decision> find(AccessRequest request) {
    return find(whoever(request)).or(() -> find((Object) exactly(request)));
  }

  private Optional<Decision> find(Object question) {
    Instant now = clock.instant();
    return Optional.ofNullable(kept.get(question))
        // A clock that goes back must not make an answer count for longer.
        .filter(answer -> now.isBefore(answer.until()) && !now.isBefore(answer.since()))
        .map(Kept::decision);
  }

  /**
   * How often all were forgotten: an answer to a question of before is not kept, since it is by
   * rules of before.
   */
  synchronized int forgotten() {
    return forgotten;
  }

  /**
   * Keeps an answer.
   *
   * @param asked {@link #forgotten} when it was asked for
   * @param precise whether it is about this question alone
   */
  synchronized void keep(
      int asked, AccessRequest request, boolean precise, Decision decision, Duration most) {
    if (asked != forgotten) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> told =
        decision instanceof Decision.Permit permit ? permit.until() : Optional.empty();
    Instant until = told.filter(now.plus(most)::isAfter).orElse(now.plus(most));
    if (kept.size() >= MOST) {
      kept.clear();
    }
    kept.put(precise ? exactly(request) : whoever(request), new Kept(decision, now, until));
  }

  synchronized void forget() {
    forgotten++;
    kept.clear();
  }

  private static Object whoever(AccessRequest request) {
    return List.of(request.client(), request.device(), request.deviceGroup());
  }

  /** The question but for its time, which is the service's own. */
  private static AccessRequest exactly(AccessRequest request) {
    return request.under(request.circumstances().when(Instant.EPOCH));
  }
}
