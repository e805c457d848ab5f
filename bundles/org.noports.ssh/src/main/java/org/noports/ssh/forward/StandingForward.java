package org.noports.ssh.forward;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/**
 * Something that SSH keeps open by the gate's yes, and that ends when the gate takes it back. The
 * gate is asked once more when it stands, since rules may have changed meanwhile, and then whenever
 * it says that it has something to say.
 */
record StandingForward(
    StreamGate gate,
    StreamRequest request,
    List<InetAddress> addresses,
    Executor executor,
    BooleanSupplier stands) {
  /** A look costs a comparison. */
  private static final int LOOK_SECONDS = 1;

  private static final int NEVER = -1;

  /** Runs {@code end} once, if it may stand no longer. */
  void watch(Runnable end) {
    later(NEVER, end);
  }

  private void later(int seen, Runnable end) {
    delayedExecutor(LOOK_SECONDS, TimeUnit.SECONDS, executor).execute(() -> look(seen, end));
  }

  private void look(int seen, Runnable end) {
    if (!stands.getAsBoolean()) {
      return;
    }
    if (request instanceof StreamRequest.Listen listen && gate.objection(listen).isPresent()) {
      end.run();
      return;
    }
    int now = gate.reviews();
    if (now == seen) {
      later(now, end);
      return;
    }
    gate.again(request, addresses)
        .whenComplete(
            (answer, failure) -> {
              if (answer instanceof StreamGate.Admitted) {
                later(now, end);
              } else {
                end.run();
              }
            });
  }
}
