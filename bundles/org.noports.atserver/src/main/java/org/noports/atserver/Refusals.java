package org.noports.atserver;

import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.EnrollmentEnded;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response.Failure;

/**
 * Turns an atServer's {@code error:} into a reason that a user can act on
 * (docs/protocol/atprotocol.md 9).
 */
final class Refusals {
  private static final int MAX_QUOTED = 200;

  private Refusals() {}

  /**
   * The reason why a request was refused.
   *
   * @param peer which atServer said so
   * @param self whose session
   * @param what the request: {@code look up 'device_info.dev1.sshnp' of @dev}
   * @param other the other atSign that the request was about
   */
  static NoPortsException of(
      String peer, AtSign self, String what, Optional<AtSign> other, Failure failure) {
    String who = other.map(AtSign::name).orElse(self.name());
    String said = "The " + peer + " could not " + what + " (" + quoted(failure) + ")";
    return switch (failure.known().orElse(ErrorCode.INTERNAL_EXCEPTION)) {
      case KEY_NOT_FOUND -> new ValueNotFound(said + ": there is no such value for " + self);
      case ATSERVER_NOT_FOUND ->
          new AtSignNotFound(said + ": the atDirectory does not know " + who);
      case UNABLE_TO_CONNECT, TIMEOUT, HANDSHAKE, SOCKET, CONNECTION, OUTBOUND_LIMIT ->
          new AtServerUnavailable(
              said + ": it did not get through to the atServer of " + who + "; try again later");
      case UNAUTHORIZED, ENROLLMENT_DENIED, ENROLLMENT_REVOKED, ENROLLMENT_EXPIRED ->
          new IdentityUnusable(
              said
                  + ": the keys of "
                  + self
                  + " may not do that; use keys that are enrolled for"
                  + " its namespace");
      case INVALID_ENROLLMENT_STATUS, REVOKE_SELF ->
          new IdentityUnusable(said + ": the state of that enrollment does not allow it");
      case TOO_MANY_REQUESTS ->
          isOver(failure)
              ? new ValueNotFound(said + ": there is no such enrollment, or no longer")
              : new AtServerUnavailable(said + "; try again later");
      case INVALID_SYNTAX, ILLEGAL_ARGUMENTS, INVALID_KEY ->
          new ProtocolViolation(said + ": it does not understand us");
      default -> new AtServerUnavailable(said + "; try again later");
    };
  }

  /** Our keys were not accepted. */
  static NoPortsException ofAuthentication(String peer, AtSign self, Failure failure) {
    String said =
        "The "
            + peer
            + " refused the authentication of "
            + self
            + " ("
            + quoted(failure)
            + "): "
            + advice(failure, self);
    return isOver(failure) ? new EnrollmentEnded(said) : new AtServerUnavailable(said);
  }

  /** Whether the atServer says that an enrollment will not be taken again. */
  static boolean isOver(Failure failure) {
    return switch (failure.known().orElse(ErrorCode.UNAUTHENTICATED)) {
      case ENROLLMENT_DENIED, ENROLLMENT_REVOKED, ENROLLMENT_EXPIRED -> true;
      // The same code stands for a client that is too fast.
      case TOO_MANY_REQUESTS -> failure.text().toLowerCase(Locale.ROOT).contains("enrollment");
      default -> false;
    };
  }

  private static String advice(Failure failure, AtSign self) {
    return switch (failure.known().orElse(ErrorCode.UNAUTHENTICATED)) {
      case ENROLLMENT_PENDING -> "approve the enrollment of this key file first";
      case ENROLLMENT_DENIED, ENROLLMENT_REVOKED, ENROLLMENT_EXPIRED, TOO_MANY_REQUESTS ->
          "the enrollment of this key file is over; enroll again for new keys";
      default ->
          "the key file of "
              + self
              + " is not the one that this atServer knows; use the newest copy of it (noports:keys-show"
              + " names the file)";
    };
  }

  /** What the atServer said, short enough for a message. */
  static String quoted(Failure failure) {
    String text = (failure.code() + " " + failure.text()).replaceAll("\\p{Cntrl}", " ").trim();
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }
}
