package org.noports.api.identity;

import org.noports.api.IdentityUnusable;

/**
 * A key in a key file with which its enrollment is to authenticate once the atServer knows it: kept
 * first, so that whatever is interrupted, nobody is locked out.
 */
public interface PendingAuthentication {
  /** Whose key it is to be. */
  String enrollmentId();

  /** The key; signs at any time. */
  SigningKey key();

  /** Whether an earlier call left it: the atServer may know it already. */
  boolean resumed();

  /**
   * From now on the identity authenticates with it. Writes the key file.
   *
   * @throws IdentityUnusable if the file is not as it was, or cannot be written
   */
  Identity use() throws IdentityUnusable;
}
