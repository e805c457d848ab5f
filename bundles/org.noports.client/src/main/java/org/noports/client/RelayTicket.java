package org.noports.client;

import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.protocol.session.RelayReply;

/**
 * Two ports at a relay, ours and the device's, and what this session proves itself there with.
 *
 * @param relay the relay
 * @param reply what it said
 * @param clientNonce what we said, for the signed line
 * @param key shared with relay and device, for the answer to a challenge
 */
record RelayTicket(AtSign relay, RelayReply reply, String clientNonce, Secret key) {
  /** The relay's port for us. */
  HostPort ours() {
    return new HostPort(reply.address(), reply.clientPort());
  }
}
