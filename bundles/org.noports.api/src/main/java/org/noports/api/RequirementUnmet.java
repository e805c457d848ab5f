package org.noports.api;

/**
 * A session cannot be what one of its ends, or the policy, requires against quantum computers; the
 * message says what each end has. Nobody need have interfered: one of the two lacks a key or an
 * algorithm.
 */
public final class RequirementUnmet extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public RequirementUnmet(String message) {
    this(message, null);
  }

  public RequirementUnmet(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "requirement-unmet";
  }
}
