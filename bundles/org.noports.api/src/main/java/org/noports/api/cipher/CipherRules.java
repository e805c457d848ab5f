package org.noports.api.cipher;

import java.util.List;
import org.noports.api.NoPortsException;

/**
 * What the owner of this instance permits of what is present, and who uses it. Rules are kept in
 * the catalogue's configuration; they hold for the next negotiation, and what is denied is left at
 * once by all that use it.
 */
public interface CipherRules {
  /** All that bundles have brought, offered or not; by kind, the preferred first. */
  List<AlgorithmStatus> algorithms();

  /**
   * Denies an algorithm, now and after each restart. Waits until every session has left it, a few
   * seconds at most: not for an event loop.
   *
   * @return what became of the sessions that used it
   * @throws org.noports.api.ConfigurationInvalid if no bundle brings it, or the rule cannot be kept
   */
  CipherUser.Outcome deny(String algorithm) throws NoPortsException;

  /**
   * Takes back {@link #deny}, and names the algorithm among those permitted if only named ones are.
   *
   * @return whether anything had to be changed
   * @throws org.noports.api.ConfigurationInvalid if the rule cannot be kept
   */
  boolean allow(String algorithm) throws NoPortsException;
}
