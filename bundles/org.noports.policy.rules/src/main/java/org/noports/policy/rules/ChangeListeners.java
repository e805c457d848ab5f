package org.noports.policy.rules;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.Subscription;

/**
 * Who hears that answers may be others now. What one of them throws is its own affair: the others
 * hear as well, and the files are looked at again. Thread-safe.
 */
final class ChangeListeners {
  private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();

  Subscription add(Runnable changed) {
    // One of its own for each: the same listener may listen twice.
    Object key = new Object();
    listeners.put(key, changed);
    return () -> listeners.remove(key);
  }

  void tell() {
    for (Runnable listener : listeners.values()) {
      try {
        listener.run();
      } catch (RuntimeException | Error e) {
        PolicyRulesLog.listenerFailed(e);
      }
    }
  }
}
