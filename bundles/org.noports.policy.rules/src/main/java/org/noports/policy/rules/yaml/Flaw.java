package org.noports.policy.rules.yaml;

/**
 * A file says what it must not; the message says what, and the line where. Stays within the bundle:
 * whoever reads a book is told by {@code ConfigurationInvalid}.
 */
public final class Flaw extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int line;

  public Flaw(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Where, from 1. */
  public int line() {
    return line;
  }
}
