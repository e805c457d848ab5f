package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;

/** An address at which the device listens for the client; it ends with the session. */
public interface RemoteEntrance extends AutoCloseable {
  /** Where the device listens, with the port that was chosen. */
  LocalAddress address();

  /** Completes, never exceptionally, when the device does not listen any more. */
  CompletionStage<Void> closed();

  /** Has the device stop listening; streams that are open go on. Idempotent. */
  @Override
  void close();
}
