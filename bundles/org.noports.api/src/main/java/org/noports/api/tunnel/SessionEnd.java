package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;

/** One end of a running session. */
public interface SessionEnd extends AutoCloseable {
  /** Completes when the session is over, with one sentence that says why; never exceptionally. */
  CompletionStage<String> ended();

  /** What it has carried so far. */
  Traffic traffic();

  /** Ends the session and its connections, and wipes its keys. Idempotent. */
  @Override
  void close();

  /**
   * Counters of one end.
   *
   * @param open connections open now
   * @param total connections opened so far
   * @param bytesSent clear bytes sent to the other end
   * @param bytesReceived clear bytes received from the other end
   */
  record Traffic(int open, long total, long bytesSent, long bytesReceived) {}
}
