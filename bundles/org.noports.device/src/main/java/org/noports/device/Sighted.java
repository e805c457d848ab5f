package org.noports.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.policy.Observed;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;

/**
 * Where the client of one session is, as far as a relay has told; another place when the session
 * gets another link. Thread-safe.
 */
final class Sighted {
  private final CompletableFuture<Void> known = new CompletableFuture<>();
  private volatile Observed observed;
  private volatile boolean waitedFor;

  private Sighted(Observed observed) {
    now(observed);
  }

  /** Pending only if the relay can be asked, and is one whose word counts here. */
  static Sighted of(DeviceSettings device, NptRequest request) {
    boolean told =
        request.relayAuthMode() == RelayAuthMode.ESCR
            && request.relayAtSign().filter(device.observers()::contains).isPresent();
    return new Sighted(told ? Observed.PENDING : Observed.NOTHING);
  }

  Observed observed() {
    return observed;
  }

  /** A link stands, and this is what was told. */
  void now(Observed seen) {
    observed = seen;
    if (!seen.pending()) {
      known.complete(null);
    }
  }

  /** Completes when nothing is pending. */
  CompletionStage<Void> known() {
    return known.minimalCompletionStage();
  }

  /** Whether the policy decides when it is known. */
  boolean isWaitedFor() {
    return waitedFor;
  }

  void waitedFor(boolean later) {
    waitedFor = later;
  }
}
