package org.noports.atserver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.IdentityUnusable;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.identity.Identity;

/**
 * Which of our keys the atServers take no more, and who wants to know. Whoever asks for a session
 * meanwhile is told at once, without another connection, unless the key file has changed; now and
 * then one attempt is made, for an enrollment may be put in force again.
 */
final class EndedEnrollments {
  /** Rare enough to be no load, and soon enough for somebody who waits for their access. */
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final Map<AtSign, Ended> ended = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<EnrollmentObserver> observers = new CopyOnWriteArrayList<>();

  private record Ended(EnrollmentEnded reason, Optional<Identity> keys, long nanos) {}

  void observerCame(EnrollmentObserver observer) {
    observers.add(observer);
  }

  void observerLeft(EnrollmentObserver observer) {
    observers.remove(observer);
  }

  /** Remembers an end; if a session stood, all who observe hear of it. */
  void over(Surroundings surroundings, AtSign self, EnrollmentEnded reason, boolean stood) {
    ended.put(self, new Ended(reason, keys(surroundings, self), System.nanoTime()));
    if (stood) {
      AtServerLog.enrollmentEnded(self, reason.getMessage());
      observers.forEach(observer -> observer.ended(self, reason));
    }
  }

  /** A session stands again. */
  void inForce(AtSign self) {
    ended.remove(self);
  }

  /** Why a session is not worth an attempt now; reads the key file, not for an I/O loop. */
  Optional<EnrollmentEnded> still(Surroundings surroundings, AtSign self) {
    return Optional.ofNullable(ended.get(self))
        .filter(known -> System.nanoTime() - known.nanos < RECHECK.toNanos())
        .filter(known -> known.keys.equals(keys(surroundings, self)))
        .map(Ended::reason);
  }

  private static Optional<Identity> keys(Surroundings surroundings, AtSign self) {
    try {
      return Optional.of(surroundings.identities().identity(self));
    } catch (IdentityUnusable e) {
      // Another key file later on is another one than none.
      return Optional.empty();
    }
  }

  /** One of the reasons, for whoever asks how we are. */
  Optional<String> problem() {
    return ended.values().stream().findFirst().map(known -> known.reason.getMessage());
  }
}
