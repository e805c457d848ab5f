package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.verb.ErrorCode;

/** What an enrollment's state forbids: written with a colon, never as JSON (atprotocol.md 0.7). */
final class EnrollmentRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  EnrollmentRefusal(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = requireNonNull(code, "code is null");
  }

  ErrorCode code() {
    return code;
  }
}
