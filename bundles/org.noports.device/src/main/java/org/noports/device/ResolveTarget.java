package org.noports.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.noports.api.Target;

/**
 * Looks a target's name up, once for each decision: what is found is decided on, and nothing else
 * is dialled. A name that is not found has no address, which rules about addresses never permit.
 */
final class ResolveTarget {
  private final Executor threads;

  /**
   * @param threads may wait for name servers
   */
  ResolveTarget(Executor threads) {
    this.threads = threads;
  }

  /** All its addresses, in the order in which they are to be dialled; never fails. */
  CompletionStage<List<InetAddress>> addresses(Target target, Duration within) {
    if (!(target instanceof Target.Tcp)) {
      return CompletableFuture.completedStage(List.of());
    }
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(target.wireHost()), threads)
          .completeOnTimeout(List.of(), within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedStage(List.of());
    }
  }

  private static List<InetAddress> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
