package org.noports.atserver.host.tenant;

import org.noports.atserver.host.peer.PeerTrouble;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;

/** Turns what another atServer, or the way to it, did to us into our own client's error. */
public final class Refusals {
  private Refusals() {}

  /** The answer in place of a value. */
  static Refusal of(String key, Response answer) {
    if (answer instanceof Response.Failure failure) {
      ErrorCode code = failure.known().orElse(ErrorCode.INTERNAL_EXCEPTION);
      // Only our own troubles end our client's connection.
      return new Refusal(code, failure.message(), false);
    }
    return Refusal.missing(key);
  }

  /** A call that came to nothing. */
  public static Refusal of(PeerTrouble trouble) {
    ErrorCode code = ErrorCode.of(trouble.kind().code()).orElse(ErrorCode.INTERNAL_EXCEPTION);
    return new Refusal(code, trouble.getMessage(), false);
  }

  static boolean isMissing(Refusal refusal) {
    return refusal.code() == ErrorCode.KEY_NOT_FOUND;
  }

  static Refusal unreadable(Exception why) {
    return new Refusal(ErrorCode.HANDSHAKE, why.getMessage(), false);
  }

  static Refusal noSigningKey() {
    return new Refusal(ErrorCode.HANDSHAKE, "this atServer has no signing key yet", false);
  }
}
