package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.verb.ErrorCode;

/** What an enrollment's state forbids: written with a colon, never as JSON (atprotocol.md 0.7). */
public final class EnrollmentRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 64;

  private final ErrorCode code;
  private final boolean closing;

  private EnrollmentRefusal(ErrorCode code, String message, boolean closing) {
    super(message, null, false, false);
    this.code = requireNonNull(code, "code is null");
    this.closing = closing;
  }

  /** There is no such enrollment, or none any longer. */
  public static EnrollmentRefusal unknown(String id) {
    return new EnrollmentRefusal(
        ErrorCode.TOO_MANY_REQUESTS,
        "enrollment_id: " + shown(id) + " is expired or invalid",
        false);
  }

  /** Keys whose enrollment is not approved open nothing. */
  public static EnrollmentRefusal notApproved(String id, EnrollmentState state) {
    ErrorCode code =
        switch (state) {
          case PENDING -> ErrorCode.ENROLLMENT_PENDING;
          case REVOKED -> ErrorCode.ENROLLMENT_REVOKED;
          default -> ErrorCode.ENROLLMENT_DENIED;
        };
    return new EnrollmentRefusal(
        code, "enrollment_id: " + shown(id) + " is " + state.wire(), false);
  }

  /** The keys that a connection was opened with have expired meanwhile. */
  public static EnrollmentRefusal expired(String id) {
    return new EnrollmentRefusal(
        ErrorCode.TOO_MANY_REQUESTS,
        "The enrollment id: " + shown(id) + " is expired. Closing the connection",
        true);
  }

  /** The same refusal, after which the connection ends. */
  public EnrollmentRefusal andClose() {
    return new EnrollmentRefusal(code, getMessage(), true);
  }

  private static String shown(String id) {
    return id.length() > SHOWN ? id.substring(0, SHOWN) + "..." : id;
  }

  public ErrorCode code() {
    return code;
  }

  public boolean closing() {
    return closing;
  }
}
