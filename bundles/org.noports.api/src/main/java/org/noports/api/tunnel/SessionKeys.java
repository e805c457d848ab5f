package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.cipher.StreamCipher;

/**
 * Hides what is carried, without finding changes: levels L0 and L1 (docs/protocol/noports.md 4.5).
 * What seals a session's control channel, and the cipher that seals its data connections under keys
 * of their own. At {@link Level#L0} both directions hold the same key.
 *
 * @param level the session's level
 * @param cipher asked once for each direction of each connection
 * @param clientToDevice seals what the client sends
 * @param deviceToClient seals what the device sends
 */
public record SessionKeys(
    Level level, StreamCipher cipher, DirectionKey clientToDevice, DirectionKey deviceToClient)
    implements Protection {
  public SessionKeys {
    requireNonNull(level, "level is null");
    requireNonNull(cipher, "cipher is null");
    requireNonNull(clientToDevice, "clientToDevice is null");
    requireNonNull(deviceToClient, "deviceToClient is null");
  }

  @Override
  public void close() {
    clientToDevice.close();
    deviceToClient.close();
  }
}
