package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;

/** A bound local address whose connections go through a session; it outlives single sessions. */
public interface Entrance extends AutoCloseable {
  /** Where it listens, with the port that was chosen; a remote one, with what was asked for. */
  LocalAddress address();

  /**
   * From now on connections go through {@code end}; replaces the end before.
   *
   * <p>Completes when they do. Only a {@link Forward.Remote}, whose listener is the device's, can
   * fail: as {@link ClientEnd#listen} does.
   */
  CompletionStage<Void> serve(ClientEnd end);

  /** Stops accepting until the next {@link #serve}; what is open goes on. */
  void pause();

  /** Gives the address back; connections that are open go on with their session. Idempotent. */
  @Override
  void close();
}
