package org.noports.api.atserver;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;

/** The atSigns whose atServers run here: how their operator adds and removes them. */
public interface HostedAtSigns {
  /**
   * Adds an atSign whose keys were already cut: its owner can authenticate at once. One that was
   * removed comes back with all it had.
   *
   * @param authenticationKey base64 X.509 of its authentication public key
   * @param encryptionKey base64 X.509 of its encryption public key
   * @return where its atServer answers
   */
  HostPort add(AtSign atSign, String authenticationKey, String encryptionKey) throws StoreFailed;

  /**
   * Adds an atSign whose owner will cut keys and show {@code cramSecret} once (atprotocol.md 3.2).
   */
  HostPort addForOnboarding(AtSign atSign, Secret cramSecret) throws StoreFailed;

  /**
   * The same with a first secret that is made here, for its owner alone. One whose data is here
   * comes back with it, and no secret is made.
   */
  Invited invite(AtSign atSign) throws StoreFailed;

  /**
   * Serves an atSign no longer: its connections end and its entry in the atDirectory goes. What it
   * stored stays, and is there again when it is added with the same key.
   *
   * @return false if it is not served here
   */
  boolean remove(AtSign atSign) throws StoreFailed;

  /**
   * Serves an atSign no longer and drops all it stored, for good; also one that was removed before.
   *
   * @return false if nothing is known of it
   */
  boolean delete(AtSign atSign) throws StoreFailed;

  /**
   * Gives an atSign a port of its own, which clients need that send no TLS server name. Its
   * connections go on.
   *
   * @param port 0 for any that is free
   * @return where its atServer answers from now on
   */
  HostPort ownPort(AtSign atSign, int port) throws StoreFailed;

  /**
   * Takes an atSign's own port back: it answers at the shared port, if the host has one. Its
   * connections go on.
   *
   * @return where its atServer answers from now on
   */
  HostPort sharedPort(AtSign atSign) throws StoreFailed;

  /**
   * What an atSign's owner needs in order to onboard.
   *
   * @param address where its atServer answers
   * @param firstSecret printable, the caller's to close; empty if the atSign was known here already
   */
  record Invited(HostPort address, Optional<Secret> firstSecret) {}

  /** All that are hosted here, with the address each answers at. */
  List<Hosted> all();

  /**
   * One atSign hosted here.
   *
   * @param atSign its name
   * @param address where its atServer answers
   * @param connections open connections now
   */
  record Hosted(AtSign atSign, HostPort address, int connections) {}
}
