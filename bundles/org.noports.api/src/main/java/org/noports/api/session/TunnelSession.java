package org.noports.api.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.NoPortsException;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.ByteStream;

/** A tunnel that was asked for here. */
public interface TunnelSession extends AutoCloseable {
  /** Who, where to, through what, since when, how much. */
  SessionFacts facts();

  /** Opens a stream to the target without a local listener. */
  CompletionStage<ByteStream> connect();

  /**
   * Opens a stream to another target of the same device, which decides on it by itself.
   *
   * <p>Fails with {@link SessionRefused} if the device says no, and below level L2 always.
   */
  default CompletionStage<ByteStream> connect(Target target) {
    return CompletableFuture.failedFuture(
        new SessionRefused("This session goes to " + facts().target() + " only"));
  }

  /**
   * What SSH servers at the target show, signed for by the device in its answer; empty if it
   * vouches for none, or is a device that knows nothing of this.
   */
  default List<SshPublicKey> sshHostKeys() {
    return List.of();
  }

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
