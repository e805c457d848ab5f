package org.noports.policy.rules.book;

/** What a rule does when it matches. */
public enum Effect {
  /** Permits, unless something forbids. */
  PERMIT,
  /** Denies, whatever permits. */
  FORBID
}
