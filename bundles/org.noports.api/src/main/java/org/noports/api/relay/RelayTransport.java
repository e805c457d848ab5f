package org.noports.api.relay;

import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.stream.ByteStream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to a relay's port: plain TCP, or later WebSocket through a proxy. A plug-in: register it
 * with the property {@link #NAME}.
 */
@ConsumerType
public interface RelayTransport {
  /** Service property: the name that configuration selects it by, for example {@code tcp}. */
  String NAME = "noports.relay.transport";

  /**
   * Dials {@code relay} and authenticates there.
   *
   * <p>The stage completes when the stream may carry the session's bytes: nothing of the
   * authentication is left in it. Fails with {@link org.noports.api.RelayUnavailable}, or with
   * {@link org.noports.api.CipherUnavailable} if an algorithm of the authentication is gone; a
   * stage that is cancelled closes what was dialled. Completes on an I/O loop.
   */
  CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential);
}
