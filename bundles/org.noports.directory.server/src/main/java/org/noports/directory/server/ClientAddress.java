package org.noports.directory.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Whom a limit counts: an IPv4 address, or an IPv6 network of 64 bits, since whoever has one such
 * address has all of its network.
 *
 * @param bits the address, or the network's first 64 bits
 * @param ipv6 which of the two
 */
record ClientAddress(long bits, boolean ipv6) {
  static ClientAddress of(SocketAddress remote) {
    // Only a connection that is gone already has none.
    return remote instanceof InetSocketAddress inet
        ? of(inet.getAddress())
        : new ClientAddress(0, false);
  }

  static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? new ClientAddress(ByteBuffer.wrap(bytes).getInt(), false)
        : new ClientAddress(ByteBuffer.wrap(bytes).getLong(), true);
  }
}
