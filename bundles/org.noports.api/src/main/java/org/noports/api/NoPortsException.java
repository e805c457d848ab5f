package org.noports.api;

/**
 * What can go wrong that a user can act on: one class per reason, each message a sentence that says
 * what, for whom, why, and what to do.
 *
 * <p>The family is closed, so that a command can give each reason its own exit code. A programming
 * error is never one of these.
 */
public abstract sealed class NoPortsException extends Exception
    permits AtServerUnavailable,
        AtSignNotFound,
        CipherUnavailable,
        ConfigurationInvalid,
        DeviceOffline,
        DirectoryUnavailable,
        IdentityUnusable,
        LocalAddressUnavailable,
        PeerUnverified,
        ProtocolViolation,
        RelayUnavailable,
        SessionGone,
        SessionRefused,
        StoreFailed,
        ValueNotFound {
  private static final long serialVersionUID = 1L;

  NoPortsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason's stable name for programs and logs, for example {@code device-offline}. */
  public abstract String reason();
}
