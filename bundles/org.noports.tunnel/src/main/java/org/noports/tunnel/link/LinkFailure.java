package org.noports.tunnel.link;

import java.io.IOException;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionGone;

/** Why links end, each in one sentence that an audit can keep. */
final class LinkFailure {
  private LinkFailure() {}

  static NoPortsException unconfirmed(SealedLink link) {
    return new RelayUnavailable(
        "Nobody proved to be the other end of " + link + " in time; the relay has paired nobody",
        null);
  }

  /**
   * Nothing comes any more, and the close record has not come.
   *
   * @param begun whether anything had come
   */
  static NoPortsException cut(SealedLink link, boolean begun) {
    return !begun
        ? new RelayUnavailable("The relay ended " + link + " before the other end was there", null)
        : new ProtocolViolation(
            link + " was cut off on its way through the relay: it ended without a close record");
  }

  static NoPortsException of(SealedLink link, boolean begun, Throwable cause) {
    if (cause instanceof ProtocolViolation) {
      return new ProtocolViolation(link + ": " + cause.getMessage(), cause);
    }
    if (cause instanceof CipherUnavailable gone) {
      return gone;
    }
    // A seal has no failure of its own that a caller could expect.
    if (cause.getCause() instanceof CipherMisbehaved broken) {
      return broken;
    }
    if (cause instanceof IOException) {
      return cut(link, begun);
    }
    return new SessionGone(link + " cannot go on: " + cause);
  }
}
