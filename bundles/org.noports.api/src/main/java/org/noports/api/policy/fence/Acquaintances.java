package org.noports.api.policy.fence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.policy.PolicyEvaluator;

/**
 * Whom a plug-in knows, as it said on its own threads: nobody who needs to know waits for it.
 *
 * <p>Whether it knows one client is asked for with each question of that client, for who is refused
 * is told so by that.
 */
final class Acquaintances {
  /** Clients that were asked for last; one that is forgotten is a stranger until its next. */
  private static final int MOST = 1000;

  private List<AtSign> known = List.of();
  private final Map<AtSign, Boolean> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AtSign, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** Runs the plug-in's code; one that fails knows whom it knew. */
  void refresh(PolicyEvaluator plugIn) {
    List<AtSign> now = List.copyOf(plugIn.known());
    synchronized (this) {
      known = now;
    }
  }

  /** Runs the plug-in's code; to one that fails the client is a stranger. */
  void meet(PolicyEvaluator plugIn, AtSign client) {
    boolean knows;
    try {
      knows = plugIn.knows(client);
    } catch (RuntimeException | LinkageError e) {
      knows = false;
    }
    synchronized (this) {
      asked.put(client, knows);
    }
  }

  synchronized List<AtSign> known() {
    return known;
  }

  synchronized boolean knows(AtSign client) {
    return asked.getOrDefault(client, known.contains(client));
  }
}
