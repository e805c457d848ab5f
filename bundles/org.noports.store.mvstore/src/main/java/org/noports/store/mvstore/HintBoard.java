package org.noports.store.mvstore;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.Subscription;

/** Who wants to hear that something changed. */
final class HintBoard {
  private final Map<AtSign, List<Listener>> listeners = new ConcurrentHashMap<>();

  Subscription add(AtSign atSign, Consumer<AtSign> consumer) {
    Listener listener = new Listener(atSign, consumer);
    listeners.compute(
        atSign,
        (name, present) -> {
          List<Listener> list = present == null ? new CopyOnWriteArrayList<>() : present;
          list.add(listener);
          return list;
        });
    return listener;
  }

  void changed(AtSign atSign) {
    listeners.getOrDefault(atSign, List.of()).forEach(Listener::call);
  }

  boolean heardBy(AtSign atSign) {
    return listeners.containsKey(atSign);
  }

  private final class Listener implements Subscription {
    private final AtSign atSign;
    private final Consumer<AtSign> consumer;
    private boolean closed;

    Listener(AtSign atSign, Consumer<AtSign> consumer) {
      this.atSign = atSign;
      this.consumer = consumer;
    }

    synchronized void call() {
      if (closed) {
        return;
      }
      try {
        consumer.accept(atSign);
      } catch (RuntimeException e) {
        StoreLog.listenerFailed(atSign.name(), e);
      }
    }

    @Override
    public void close() {
      listeners.computeIfPresent(
          atSign,
          (name, present) -> {
            present.remove(this);
            return present.isEmpty() ? null : present;
          });
      synchronized (this) {
        closed = true;
      }
    }
  }
}
