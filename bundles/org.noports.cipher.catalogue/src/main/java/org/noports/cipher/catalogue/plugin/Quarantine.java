package org.noports.cipher.catalogue.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which bundles' plug-ins are not asked any more because one broke its contract. A bundle is out
 * until it is updated; one that has taken three threads is out until this JVM ends.
 */
public final class Quarantine {
  /** Java cannot stop a thread: each one that is stuck is lost for good. */
  public static final int MOST_ABANDONED = 3;

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, Integer> abandoned = new ConcurrentHashMap<>();

  private record Entry(long changed, String why) {}

  /** Puts a bundle into it: an older revision of one that is in it changes nothing. */
  public void put(Origin bundle, String why, boolean threadLost) {
    entries.merge(
        bundle.name(),
        new Entry(bundle.changed(), why),
        (before, now) -> now.changed >= before.changed ? now : before);
    if (threadLost) {
      abandoned.merge(bundle.name(), 1, Integer::sum);
    }
  }

  /** A thread that was lost has come back. */
  public void returned(Origin bundle) {
    abandoned.merge(bundle.name(), -1, Integer::sum);
  }

  /** Why a bundle is in it; empty if it is not. */
  public Optional<String> why(Origin bundle) {
    int lost = abandoned.getOrDefault(bundle.name(), 0);
    if (lost >= MOST_ABANDONED) {
      return Optional.of(
          bundle.name()
              + " has "
              + lost
              + " threads that never came back; it is not offered again before NoPorts is"
              + " restarted");
    }
    return Optional.ofNullable(entries.get(bundle.name()))
        .filter(entry -> bundle.changed() <= entry.changed)
        .map(Entry::why);
  }
}
