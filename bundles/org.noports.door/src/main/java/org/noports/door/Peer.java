package org.noports.door;

import static java.util.Objects.requireNonNull;

/**
 * Who called, as the kernel says.
 *
 * @param user the caller's name on this machine
 * @param access what it may do
 */
record Peer(String user, Access access) {
  /** What a caller may do. */
  enum Access {
    /** All: the user this instance works as, and root. */
    OWNER,
    /** Connect and look: a member of the group. */
    MEMBER,
    /** Nothing. */
    NONE
  }

  Peer {
    requireNonNull(user, "user is null");
    requireNonNull(access, "access is null");
  }
}
