package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

/**
 * Why an atServer cannot do what a verb asks: it becomes the {@link Response.Failure} that the
 * client gets. Not one of the errors a user acts on, so not of their family.
 */
public final class VerbFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final boolean closing;

  /** A failure after which the connection stays open, unless the code says otherwise. */
  public VerbFailure(ErrorCode code, String message) {
    this(code, message, code.closes());
  }

  /**
   * A failure.
   *
   * @param code its code
   * @param message a short text, without a newline
   * @param closing whether the connection is closed after it
   */
  public VerbFailure(ErrorCode code, String message, boolean closing) {
    super(requireNonNull(message, "message is null").replace('\n', ' '));
    this.code = requireNonNull(code, "code is null");
    this.closing = closing;
  }

  /** A command that does not follow its verb's grammar. */
  static VerbFailure syntax(String message) {
    return new VerbFailure(ErrorCode.INVALID_SYNTAX, message);
  }

  public ErrorCode code() {
    return code;
  }

  /** Whether the atServer hangs up after telling. */
  public boolean closing() {
    return closing;
  }
}
