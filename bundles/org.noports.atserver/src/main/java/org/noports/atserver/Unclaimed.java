package org.noports.atserver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.noports.protocol.verb.NotificationJson;

/**
 * Notifications that came before anybody wanted them: after a start an atServer tells what was
 * missed sooner than a device or relay has subscribed. They wait a minute, as their senders do.
 * Used on the loop only.
 */
final class Unclaimed {
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Other programs of the atSign may be told a lot that nobody here will ever want. */
  private static final int MAX_COUNT = 256;

  private static final int MAX_CHARACTERS = 1_000_000;

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int characters;

  /** One that waits, and what its listeners would know it by. */
  record Waiting(NotificationJson pushed, String name, long nanos) {
    private int size() {
      return pushed.key().length() + pushed.value().map(String::length).orElse(0);
    }
  }

  void add(NotificationJson pushed, String name) {
    Waiting fresh = new Waiting(pushed, name, System.nanoTime());
    if (fresh.size() > MAX_CHARACTERS) {
      return;
    }
    waiting.add(fresh);
    characters += fresh.size();
    long old = System.nanoTime() - KEPT.toNanos();
    while (waiting.size() > MAX_COUNT
        || characters > MAX_CHARACTERS
        || waiting.peek().nanos < old) {
      characters -= waiting.remove().size();
    }
  }

  /** Takes out those that are wanted now, oldest first. */
  List<Waiting> claim(Predicate<String> wanted) {
    List<Waiting> claimed = new ArrayList<>();
    long old = System.nanoTime() - KEPT.toNanos();
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting one = each.next();
      boolean late = one.nanos < old;
      if (late || wanted.test(one.name)) {
        each.remove();
        characters -= one.size();
        if (!late) {
          claimed.add(one);
        }
      }
    }
    return claimed;
  }
}
