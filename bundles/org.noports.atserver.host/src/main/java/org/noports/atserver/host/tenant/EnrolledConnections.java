package org.noports.atserver.host.tenant;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.Subscription;

/** The connections that were opened with enrolled keys, so that they end with them. Thread-safe. */
public final class EnrolledConnections {
  private final Map<String, Set<Runnable>> open = new ConcurrentHashMap<>();

  /**
   * A connection has shown the keys of an enrollment.
   *
   * @param end hangs up; one object for a connection
   */
  public Subscription add(String enrollmentId, Runnable end) {
    open.compute(
        enrollmentId,
        (id, known) -> {
          Set<Runnable> ends = known == null ? ConcurrentHashMap.newKeySet() : known;
          ends.add(end);
          return ends;
        });
    return () ->
        open.computeIfPresent(
            enrollmentId,
            (id, ends) -> {
              ends.remove(end);
              return ends.isEmpty() ? null : ends;
            });
  }

  /** Hangs up on all connections of an enrollment but one. */
  public void end(String enrollmentId, Runnable except) {
    open.getOrDefault(enrollmentId, Set.of()).stream()
        .filter(end -> end != except)
        .forEach(Runnable::run);
  }
}
