package org.noports.api.relay;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
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

  /**
   * Measures what one round trip to a relay takes, without asking it for anything: for {@link
   * RelayChoice}.
   *
   * <p>Fails with {@link org.noports.api.RelayUnavailable} if that cannot be known, which says
   * nothing of whether the relay carries sessions. Completes on any thread, at the latest when a
   * dial would; a stage that is cancelled closes what was dialled. The default knows of no way.
   *
   * @param relay a port of the relay's that everybody may dial
   */
  default CompletionStage<Duration> roundTrip(HostPort relay) {
    return CompletableFuture.failedFuture(
        new RelayUnavailable("The way to " + relay + " is not measured by this transport"));
  }
}
