package org.noports.api.identity;

import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/** Gives key files that were made without one a key that no quantum computer forges for. */
public interface PostQuantumKeys {
  /**
   * Cuts an ML-DSA-65 pair on this machine and adds it to the key file of {@code atSign};
   * everything else in the file stays as it is, its passphrase included. The file is replaced
   * atomically. Takes about a tenth of a second; not for an I/O loop.
   *
   * @return the identity with its new key, which {@link Identity#signingKey} has
   * @throws IdentityUnusable if the file has one already, is missing, or cannot be written
   */
  Identity addSigningKey(AtSign atSign) throws IdentityUnusable;

  /**
   * An ML-DSA-65 pair for the enrollment of {@code atSign}'s key file to authenticate with: kept in
   * the file, and not in use before {@link PendingAuthentication#use}. One that an earlier call
   * left there is given again. Takes about a tenth of a second; not for an I/O loop.
   *
   * @throws IdentityUnusable if the file has one in use, is of no enrollment, is missing, or cannot
   *     be written
   */
  PendingAuthentication pendingAuthentication(AtSign atSign) throws IdentityUnusable;
}
