package org.noports.policy.rules.condition;

/** A condition cannot be read, does not type-check, or costs too much; the message says where. */
public final class ConditionInvalid extends Exception {
  private static final long serialVersionUID = 1L;

  ConditionInvalid(String message, Throwable cause) {
    super(message, cause);
  }
}
