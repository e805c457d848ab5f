package org.noports.api.identity;

import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;

/**
 * The passphrases of this machine's key files. A locked file is opened with the passphrase that was
 * given here, or with the one in the configured folder of passphrases; it is the same envelope that
 * the atPlatform's programs write (docs/protocol/atprotocol.md 6.1).
 *
 * <p>Calls take about a tenth of a second and read and write files; none is for an I/O loop. The
 * caller keeps the secrets it hands in, and closes them.
 */
public interface KeyLocks {
  /** Whether the key file of {@code atSign} has a passphrase. */
  boolean locked(AtSign atSign) throws IdentityUnusable;

  /**
   * Opens the key file with {@code passphrase}, which is remembered in memory for as long as this
   * instance runs.
   *
   * @throws IdentityUnusable if it is the wrong one; then nothing is remembered
   */
  void unlock(AtSign atSign, Secret passphrase) throws IdentityUnusable;

  /**
   * Puts the key file under {@code fresh}, whether or not it had a passphrase; everything else in
   * it stays as it is. The file is replaced atomically.
   *
   * @param current the passphrase that it has; ignored if it has none
   * @throws IdentityUnusable if {@code current} is wrong or the file cannot be written
   */
  void protect(AtSign atSign, Secret current, Secret fresh) throws IdentityUnusable;

  /** Writes the key file without passphrase. */
  void expose(AtSign atSign, Secret current) throws IdentityUnusable;
}
