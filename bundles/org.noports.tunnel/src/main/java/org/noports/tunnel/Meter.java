package org.noports.tunnel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.noports.api.tunnel.SessionEnd;

/** What one end has carried: written on many loops, read anywhere. */
final class Meter {
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final AtomicLong total = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  void sent(int bytes) {
    sent.add(bytes);
  }

  void received(int bytes) {
    received.add(bytes);
  }

  int opened() {
    total.incrementAndGet();
    return open.incrementAndGet();
  }

  int closed() {
    return open.decrementAndGet();
  }

  int open() {
    return open.get();
  }

  SessionEnd.Traffic traffic() {
    return new SessionEnd.Traffic(open.get(), total.get(), sent.sum(), received.sum());
  }
}
