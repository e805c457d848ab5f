package org.noports.api;

/**
 * What can go wrong that a user can act on: one class per reason, each message a sentence that says
 * what, for whom, why, and what to do. A message is one line without control characters, and
 * without those that turn the direction of writing.
 *
 * <p>The family is closed, so that a command can give each reason its own exit code. A programming
 * error is never one of these.
 */
public abstract sealed class NoPortsException extends Exception
    permits AtServerUnavailable,
        AtSignNotFound,
        AuditBroken,
        CipherUnavailable,
        ConfigurationInvalid,
        CopyFailed,
        DeviceOffline,
        DirectoryUnavailable,
        DowngradeDetected,
        EnrollmentEnded,
        IdentityUnusable,
        LocalAddressUnavailable,
        PeerKeyChanged,
        PeerUnverified,
        ProtocolViolation,
        RelayUnavailable,
        RequirementUnmet,
        SessionGone,
        SessionRefused,
        StoreFailed,
        TargetUnavailable,
        ValueNotFound {
  private static final long serialVersionUID = 1L;

  NoPortsException(String message, Throwable cause) {
    super(printable(String.valueOf(message)), cause);
  }

  /**
   * Messages quote what peers say, and end on terminals and in logs: there a control character
   * would be a command, or the beginning of a line that nobody wrote, and one that turns the
   * direction of writing would make it another message.
   */
  private static String printable(String message) {
    StringBuilder text = new StringBuilder(message.length());
    message.codePoints().map(c -> Quoted.isPlain(c) ? c : '?').forEach(text::appendCodePoint);
    return text.toString();
  }

  /** The reason's stable name for programs and logs, for example {@code device-offline}. */
  public abstract String reason();
}
