package org.noports.protocol.np2;

/**
 * How a device's refusals begin that a client tells its user by their own names
 * (docs/protocol/np2.md 4). They are not signed: believing one costs a session that would not have
 * come about anyway.
 */
public final class Np2Refusals {
  /** Somebody between the two has taken something away. */
  public static final String DOWNGRADE = "Downgrade detected: ";

  /** The session that was to go on is closed, revoked, expired or not known. */
  public static final String GONE = "Session gone: ";

  /** The session would be less than one of the two, or the policy, requires. */
  public static final String UNMET = "Requirement unmet: ";

  /** It could not find out what it must know first; that says nothing against who asks. */
  public static final String AGAIN = "Try again: ";

  private Np2Refusals() {}
}
