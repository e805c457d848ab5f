package org.noports.access;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;

/**
 * Why a request is not taken, or not granted, as things are at this moment; empty for no reason.
 */
final class Objections {
  private Objections() {}

  /** The same one again is none. */
  static Optional<String> toAsking(AccessWish wish, KeptAccesses kept, AccessSettings today) {
    Optional<TimedAccess> same = kept.find(wish.id());
    if (same.isPresent()) {
      return same.get().wish().equals(wish)
          ? Optional.empty()
          : Optional.of("another request has the id " + wish.id());
    }
    if (kept.isPast(wish.id())) {
      return Optional.of("the request " + wish.id() + " was decided already");
    }
    Duration most = today.longest();
    if (wish.length().compareTo(most) > 0) {
      return Optional.of("access is granted for " + most.toMinutes() + " minutes at most");
    }
    return kept.isFullFor(wish.client())
        ? Optional.of("too many requests wait already; ask again when some are decided")
        : Optional.empty();
  }

  /** Settings may have changed since it was asked for. */
  static Optional<String> toGranting(AccessWish wish, KeptAccesses kept, AccessSettings today) {
    if (!today.hears(wish.client())) {
      return Optional.of(
          wish.client()
              + " is not among the 'askers' of etc/org.noports.access.cfg any more: deny it, or"
              + " name it there again");
    }
    return kept.granted().size() >= KeptAccesses.MOST_GRANTED
        ? Optional.of(
            KeptAccesses.MOST_GRANTED + " are granted already: deny some, or write a rule")
        : Optional.empty();
  }
}
