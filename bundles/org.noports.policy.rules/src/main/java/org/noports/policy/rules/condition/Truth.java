package org.noports.policy.rules.condition;

/** What a condition, or a whole rule, is for one question. */
public enum Truth {
  /** It holds. */
  TRUE,
  /** It does not. */
  FALSE,
  /** Something that it needs is missing, or it failed: it never permits, and always forbids. */
  UNKNOWN,
  /** Something that it needs will be told when the links stand, and decides. */
  PENDING;

  /** Of two that both have to hold; what is false alone decides, whatever the other is. */
  public Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    if (this == PENDING || other == PENDING) {
      return PENDING;
    }
    return this == UNKNOWN ? UNKNOWN : other;
  }

  /** Of what is known. */
  public static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }
}
