package org.noports.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.access.TimedAccess;

/**
 * What waits and what is granted, in the order in which it was asked for, and the ids of what is
 * past, so that nobody can have it decided a second time. A value: each change makes another.
 */
final class KeptAccesses {
  /** More would not be read by whoever grants them. */
  static final int MOST_WAITING = 200;

  /** One client must not fill the list for all. */
  static final int MOST_WAITING_OF_ONE = 5;

  /** More people than that need a rule, not a permission each. */
  static final int MOST_GRANTED = 1_000;

  /** Ids of what is past; of older ones, the client has long signed others. */
  static final int MOST_PAST = 5_000;

  private final Map<String, TimedAccess> all;
  private final Deque<String> past;

  KeptAccesses(Collection<TimedAccess> all, Collection<String> past) {
    this.all = new LinkedHashMap<>();
    all.forEach(each -> this.all.put(each.wish().id(), each));
    this.past = new ArrayDeque<>(past);
    while (this.past.size() > MOST_PAST) {
      this.past.removeFirst();
    }
  }

  static KeptAccesses none() {
    return new KeptAccesses(List.of(), List.of());
  }

  List<TimedAccess> all() {
    return List.copyOf(all.values());
  }

  List<TimedAccess> granted() {
    return all.values().stream().filter(each -> each.granted().isPresent()).toList();
  }

  List<TimedAccess> waiting() {
    return all.values().stream().filter(each -> each.granted().isEmpty()).toList();
  }

  List<String> past() {
    return List.copyOf(past);
  }

  Optional<TimedAccess> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  boolean isPast(String id) {
    return past.contains(id);
  }

  boolean isFullFor(AtSign client) {
    List<TimedAccess> waiting = waiting();
    return waiting.size() >= MOST_WAITING
        || waiting.stream().filter(each -> each.wish().client().equals(client)).count()
            >= MOST_WAITING_OF_ONE;
  }

  /** With this one, in the place of the one that has its id. */
  KeptAccesses with(TimedAccess one) {
    Map<String, TimedAccess> next = new LinkedHashMap<>(all);
    next.put(one.wish().id(), one);
    return new KeptAccesses(next.values(), past);
  }

  /** Without these, which are past from now on. */
  KeptAccesses without(Collection<TimedAccess> gone) {
    Map<String, TimedAccess> next = new LinkedHashMap<>(all);
    List<String> over = new ArrayList<>(past);
    for (TimedAccess each : gone) {
      next.remove(each.wish().id());
      over.add(each.wish().id());
    }
    return new KeptAccesses(next.values(), over);
  }
}
