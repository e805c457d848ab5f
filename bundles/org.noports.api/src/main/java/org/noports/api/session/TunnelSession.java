package org.noports.api.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.NoPortsException;
import org.noports.api.stream.ByteStream;

/** A tunnel that was asked for here. */
public interface TunnelSession extends AutoCloseable {
  /** Who, where to, through what, since when, how much. */
  SessionFacts facts();

  /** Opens a stream to the target without a local listener. */
  CompletionStage<ByteStream> connect();

  /** Completes when the tunnel is over for good, with one sentence that says why. */
  CompletionStage<String> ended();

  /** Ends the tunnel, its connections and its listener. Idempotent. */
  @Override
  void close();

  /** The reason that a user can act on, once it has ended for one. */
  default Optional<NoPortsException> failure() {
    return Optional.empty();
  }
}
