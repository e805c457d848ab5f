package org.noports.api.pins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.IdentityUnusable;
import org.noports.api.PeerKeyChanged;
import org.noports.api.identity.Fingerprint;

/**
 * The peers that are known here, kept beside the keys and in a file for fleets if one is
 * configured. Guarantees that a key which was learnt is never replaced but by {@link #forget}.
 * Thread-safe; every call may read or write a file, so never on an I/O loop.
 */
public interface Pins {
  /**
   * All that is known, in order of names; what a fleet's file says comes first.
   *
   * @throws IdentityUnusable naming the file, if it cannot be read or was written by a newer
   *     program
   */
  List<Pin> all() throws IdentityUnusable;

  /**
   * Compares the keys that a peer signs with to those that are known of it, under any of its device
   * names.
   *
   * @param keys by kind of signature; of a kind that is not among them nothing is said here: what a
   *     known peer left away is for the caller to refuse ({@link Pin#signsPostQuantum})
   * @return what is known of this peer and device; empty if it is met for the first time
   * @throws PeerKeyChanged if it has another key; says how the known one was learnt
   * @throws IdentityUnusable as {@link #all}: what is not known cannot be compared
   */
  Optional<Pin> meet(AtSign peer, Optional<DeviceName> device, Map<String, Fingerprint> keys)
      throws PeerKeyChanged, IdentityUnusable;

  /**
   * Keeps what was learnt of a peer, once its signatures were verified. What is known already
   * stays; keys of other kinds are added, and the lowest level only rises.
   *
   * @throws PeerKeyChanged if it has become known under another key since {@link #meet}: somebody
   *     else met it for the first time at the same moment
   */
  void keep(Pin pin) throws PeerKeyChanged, IdentityUnusable;

  /**
   * Forgets what was learnt of a peer; what a fleet's file says stays.
   *
   * @param device empty for the atSign with all its devices
   * @return how many pins are gone
   */
  int forget(AtSign peer, Optional<DeviceName> device) throws IdentityUnusable;
}
