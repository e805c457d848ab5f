package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.verb.ErrorCode;

/**
 * A command that cannot be done: ends a verb's stage and becomes an error answer. Internal to this
 * bundle.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final boolean closing;

  public Refusal(ErrorCode code, String message) {
    this(code, message, code.closes());
  }

  /**
   * A refusal.
   *
   * @param message short, one line; clients have small buffers
   * @param closing whether the connection ends with it
   */
  public Refusal(ErrorCode code, String message, boolean closing) {
    super(message, null, false, false);
    this.code = requireNonNull(code, "code is null");
    this.closing = closing;
  }

  /** There is no such key, in the words that clients compare (atprotocol.md 0.6, 13.10). */
  public static Refusal missing(String key) {
    return new Refusal(ErrorCode.KEY_NOT_FOUND, key + " does not exist in keystore");
  }

  public ErrorCode code() {
    return code;
  }

  public boolean closing() {
    return closing;
  }
}
