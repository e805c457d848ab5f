package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a connection's time as a stranger, once: when it is known who speaks, or when it is gone.
 */
final class Introduction {
  private final Runnable left;
  private final AtomicBoolean made = new AtomicBoolean();

  Introduction(Runnable left) {
    this.left = requireNonNull(left, "left is null");
  }

  void make() {
    if (made.compareAndSet(false, true)) {
      left.run();
    }
  }

  boolean made() {
    return made.get();
  }
}
