package org.noports.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.SessionRefused;
import org.noports.api.session.TunnelRequest;
import org.noports.api.tunnel.Level;

/** Lets a session that stands serve what the tunnel listens on; OpenTunnel's last. */
final class ServeEntrances {
  private ServeEntrances() {}

  /** Fails with {@link SessionRefused} if the session cannot carry what was asked for. */
  static CompletionStage<Joined> serve(Attempt attempt, Joined joined) {
    TunnelRequest request = attempt.request();
    if (!request.forwards().isEmpty() && joined.level().compareTo(Level.L2) < 0) {
      return CompletableFuture.failedFuture(
          new SessionRefused(
              request.device()
                  + " agrees on level "
                  + joined.level()
                  + ", at which a session carries connections to its own target only, not "
                  + request.forwards().get(0)
                  + ": update the device, or open one session for each target"));
    }
    return joined
        .entrances()
        .serve(joined.end())
        .thenApply(
            done -> {
              attempt.ready("listening on " + joined.entrances());
              return joined;
            });
  }
}
