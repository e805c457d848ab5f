package org.noports.tunnel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.Subscription;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;

/**
 * Has a link agree on fresh keys whenever a cipher bundle has come or gone, under the best suite
 * that both ends named and that is here now (docs/protocol/np2.md 8). On the link's loop.
 */
final class FreshKeys implements AutoCloseable {
  /** A bundle brings or takes its algorithms one by one; what counts is what is there behind it. */
  private static final Duration SETTLED = Duration.ofMillis(250);

  private final EventLoop loop;
  private final Suites suites;
  private final Consumer<SuiteAlgorithms> offer;
  private final Subscription changes;
  private Optional<Future<?>> due = Optional.empty();
  private boolean closed;

  FreshKeys(EventLoop loop, Suites suites, Consumer<SuiteAlgorithms> offer) {
    this.loop = loop;
    this.suites = suites;
    this.offer = offer;
    this.changes = suites.onChange(this::changed);
  }

  private void changed() {
    try {
      loop.execute(this::await);
    } catch (RejectedExecutionException e) {
      // The tunnel is being stopped, and its links with it.
      close();
    }
  }

  private void await() {
    due.ifPresent(earlier -> earlier.cancel(false));
    if (!closed) {
      due = Optional.of(loop.schedule(this::settled, SETTLED.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  /** With nothing usable here the link goes on with what it holds. */
  private void settled() {
    suites.usable().stream().findFirst().flatMap(suites::algorithms).ifPresent(offer);
  }

  @Override
  public void close() {
    closed = true;
    changes.close();
    due.ifPresent(waiting -> waiting.cancel(false));
  }
}
