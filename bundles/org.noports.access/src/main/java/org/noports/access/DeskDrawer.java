package org.noports.access;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.noports.api.StoreFailed;
import org.noports.api.access.TimedAccess;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;

/**
 * What is kept, on the disk and in memory, and how long each of it has run. A time that was granted
 * ends by either of two clocks: the machine's, which may be set, and one that nobody sets;
 * whichever comes first. Set back before the moment of the grant, the machine's clock permits
 * nothing.
 */
final class DeskDrawer {
  /** Those who come too late are told so while they are among the last of these. */
  private static final int MOST_ENDED = 100;

  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Long> ends = new ConcurrentHashMap<>();
  private final Deque<TimedAccess> ended = new ArrayDeque<>();
  private volatile List<TimedAccess> lastEnded = List.of();
  private volatile KeptAccesses kept = KeptAccesses.none();
  private Optional<AccessFile> file = Optional.empty();
  private volatile String unreadable = "";
  private volatile String unwritten = "";

  DeskDrawer(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Reads what is kept there, unless that is open already. */
  synchronized void open(Path path) {
    Optional<AccessFile> next = Optional.of(new AccessFile(path));
    if (next.equals(file) && unreadable.isEmpty()) {
      return;
    }
    file = next;
    ends.clear();
    kept = KeptAccesses.none();
    try {
      KeptAccesses there = next.get().read();
      Instant now = clock.instant();
      there.granted().forEach(each -> running(each, left(each, now)));
      kept = there;
      unreadable = "";
      unwritten = "";
    } catch (StoreFailed e) {
      unreadable = e.getMessage();
      AccessLog.unusable(unreadable);
    }
  }

  /** Not longer than was granted, whatever the machine's clock says. */
  private static Duration left(TimedAccess access, Instant now) {
    TimedAccess.Span span = access.granted().orElseThrow();
    Duration whole = Duration.between(span.from(), span.until());
    Duration rest = Duration.between(now, span.until());
    return rest.compareTo(whole) < 0 ? rest : whole;
  }

  /** It ends when so much time has passed. */
  void running(TimedAccess access, Duration time) {
    ends.put(access.wish().id(), nanos.getAsLong() + time.toNanos());
  }

  private boolean isRunning(TimedAccess access) {
    Long end = ends.get(access.wish().id());
    return end != null && nanos.getAsLong() - end < 0;
  }

  KeptAccesses kept() {
    return kept;
  }

  /** Keeps it on the disk, and then here; or changes nothing. */
  synchronized void keep(KeptAccesses next) throws StoreFailed {
    try {
      write(next);
    } catch (StoreFailed e) {
      throw new StoreFailed(e.getMessage() + "; nothing was changed", e);
    }
    kept = next;
  }

  private void write(KeptAccesses next) throws StoreFailed {
    if (!unreadable.isEmpty() || file.isEmpty()) {
      throw new StoreFailed(
          unreadable + ": repair the file or take it away, then touch etc/org.noports.access.cfg");
    }
    try {
      file.get().write(next);
      unwritten = "";
    } catch (StoreFailed e) {
      unwritten = e.getMessage();
      throw e;
    }
  }

  /**
   * Puts these away: nothing permits by them from now on, even if the disk does not take that and a
   * restart would bring them back. It is written as soon as it can be.
   *
   * @return what the disk said, if it did not take it
   */
  synchronized Optional<StoreFailed> putAway(List<TimedAccess> gone) {
    kept = kept.without(gone);
    gone.stream().filter(each -> each.granted().isPresent()).forEach(this::ended);
    try {
      write(kept);
      return Optional.empty();
    } catch (StoreFailed e) {
      AccessLog.notKept(e.getMessage());
      return Optional.of(e);
    }
  }

  /** Writes what the disk did not take before. */
  synchronized void writeAgain() {
    if (unwritten.isEmpty()) {
      return;
    }
    try {
      write(kept);
      AccessLog.keptAgain();
    } catch (StoreFailed e) {
      // It was said when it began, and the health says it all the time.
    }
  }

  /** What has waited, or run, for long enough. */
  List<TimedAccess> over(Duration waiting) {
    Instant now = clock.instant();
    return kept.all().stream()
        .filter(
            each ->
                each.granted()
                    .map(span -> !isRunning(each) || !now.isBefore(span.until()))
                    .orElseGet(() -> !now.isBefore(each.asked().plus(waiting))))
        .toList();
  }

  private void ended(TimedAccess access) {
    ends.remove(access.wish().id());
    ended.addLast(access);
    if (ended.size() > MOST_ENDED) {
      ended.removeFirst();
    }
    lastEnded = List.copyOf(ended);
  }

  Decision decide(AccessRequest request) {
    return JudgeAccess.decide(request, kept.granted(), this::isRunning, lastEnded);
  }

  /** Why it cannot be relied on; empty if it can. */
  String problem() {
    return unreadable.isEmpty() ? unwritten : unreadable;
  }
}
