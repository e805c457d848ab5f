package org.noports.protocol.verb;

import java.util.Optional;

/** The errors that atServers name by code (docs/protocol/atprotocol.md 9). */
public enum ErrorCode {
  SERVER_EXCEPTION("AT0001", "Server exception"),
  DATA_STORE("AT0002", "DataStore exception"),
  INVALID_SYNTAX("AT0003", "Invalid syntax"),
  SOCKET("AT0004", "Socket error"),
  BUFFER_LIMIT("AT0005", "Buffer limit exceeded"),
  OUTBOUND_LIMIT("AT0006", "Outbound connection limit exceeded"),
  ATSERVER_NOT_FOUND("AT0007", "Secondary server not found"),
  HANDSHAKE("AT0008", "Handshake failure"),
  UNAUTHORIZED("AT0009", "UnAuthorized client in request"),
  INTERNAL_ERROR("AT0010", "Internal server error"),
  INTERNAL_EXCEPTION("AT0011", "Internal server exception"),
  INBOUND_LIMIT("AT0012", "Inbound connection limit exceeded"),
  CONNECTION("AT0013", "Connection Exception"),
  UNKNOWN_CLIENT("AT0014", "Unknown AtClient exception"),
  KEY_NOT_FOUND("AT0015", "key not found"),
  INVALID_KEY("AT0016", "Invalid key"),
  UNABLE_TO_CONNECT("AT0021", "Unable to connect to secondary"),
  ILLEGAL_ARGUMENTS("AT0022", "Illegal arguments"),
  TIMEOUT("AT0023", "Timeout waiting for response"),
  PAUSED("AT0024", "Server is paused"),
  ENROLLMENT_DENIED("AT0025", "Apkam Auth Denied"),
  ENROLLMENT_PENDING("AT0026", "Apkam Auth Failed (pending)"),
  ENROLLMENT_REVOKED("AT0027", "Apkam Access Revoked"),
  TOO_MANY_REQUESTS("AT0028", "Too Many Requests"),
  ENROLLMENT_EXPIRED("AT0029", "Apkam Enrollment Expired"),
  INVALID_ENROLLMENT_STATUS("AT0030", "Invalid Enrollment Status"),
  REVOKE_SELF("AT0031", "Cannot revoke self enrollment"),
  UNAUTHENTICATED("AT0401", "Client authentication failed");

  private final String code;
  private final String description;

  ErrorCode(String code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The code on the wire, for example {@code AT0015}. */
  public String code() {
    return code;
  }

  /** The text on the wire; clients compare some of them. */
  public String description() {
    return description;
  }

  /** Whether the atServer hangs up after it, whatever the cause. */
  public boolean closes() {
    return this == DATA_STORE
        || this == BUFFER_LIMIT
        || this == INBOUND_LIMIT
        || this == CONNECTION
        || this == PAUSED;
  }

  /** The error of that code, if we know it. */
  public static Optional<ErrorCode> of(String code) {
    for (ErrorCode known : values()) {
      if (known.code.equals(code)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
