package org.noports.tunnel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.SessionRefused;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/** Asks a session's gate; whatever is no yes is a {@link SessionRefused}. */
final class Asking {
  private Asking() {}

  static CompletionStage<StreamGate.Admitted> admitted(StreamGate gate, StreamRequest request) {
    return gate.admit(request)
        .handle(
            (answer, failure) -> {
              if (answer instanceof StreamGate.Admitted yes) {
                return CompletableFuture.completedFuture(yes);
              }
              String reason =
                  answer instanceof StreamGate.Refused no
                      ? no.reason()
                      : "the device could not decide on " + request;
              return CompletableFuture.<StreamGate.Admitted>failedFuture(
                  new SessionRefused(reason, failure));
            })
        .thenCompose(decided -> decided);
  }
}
