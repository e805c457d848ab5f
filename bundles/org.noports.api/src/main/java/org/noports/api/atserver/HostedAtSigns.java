package org.noports.api.atserver;

import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;

/** The atSigns whose atServers run here: how their operator adds and removes them. */
public interface HostedAtSigns {
  /**
   * Adds an atSign whose keys were already cut: its owner can authenticate at once.
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

  /** Closes the atSign's connections and drops what it stored; false if it is not hosted here. */
  boolean remove(AtSign atSign) throws StoreFailed;

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
