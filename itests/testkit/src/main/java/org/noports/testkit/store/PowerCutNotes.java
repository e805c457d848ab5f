package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;

/** What a world of power cuts stores for a minute only, under keys that are used once. */
final class PowerCutNotes {
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** A sweep may look at what has expired a second later. */
  private static final Duration SWEPT = KEPT.plusSeconds(1);

  private static final int PAGE = 100;

  private final Map<String, Instant> since = new HashMap<>();

  static StoreChange change(String id, TestClock clock) {
    return new StoreChange.Put(
        key(id),
        id.getBytes(UTF_8),
        new byte[0],
        Optional.empty(),
        Optional.of(clock.instant().plus(KEPT)),
        false,
        StoreChange.Precondition.FRESH);
  }

  private static String key(String id) {
    return "note-" + id;
  }

  void acknowledged(String id, TestClock clock) {
    since.put(id, clock.instant());
  }

  /** Each is there for its minute, and no sweep leaves it for longer. */
  void check(AtSignStore space, TestClock clock) {
    int swept = PAGE;
    while (swept == PAGE) {
      swept = Stages.value(space.sweep(PAGE));
    }
    since.forEach(
        (id, at) -> {
          boolean over = over(at, clock);
          if (Stages.value(space.stored(key(id))).isPresent() == over) {
            throw new AssertionError("the note of " + id + (over ? " stays" : " is lost"));
          }
        });
    since.values().removeIf(at -> over(at, clock));
  }

  private static boolean over(Instant at, TestClock clock) {
    return !clock.instant().isBefore(at.plus(SWEPT));
  }
}
