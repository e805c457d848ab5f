package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.Target;

/**
 * What a client asks for inside a running session; each one is decided on by the device's {@link
 * StreamGate}.
 */
public sealed interface StreamRequest {
  /** One stream, asked for by the client. */
  sealed interface Outgoing extends StreamRequest {
    /** Where the device is to take it. */
    Target target();
  }

  /**
   * A connection.
   *
   * @param target where to
   */
  record Connect(Target target) implements Outgoing {
    public Connect {
      requireNonNull(target, "target is null");
    }

    @Override
    public String toString() {
      return "connect " + target;
    }
  }

  /**
   * Datagrams to and from one address; on the stream each is a DATAGRAM capsule (RFC 9297 3.5) of
   * context 0 (RFC 9298 5).
   *
   * @param target where to
   */
  record Udp(Target target) implements Outgoing {
    public Udp {
      requireNonNull(target, "target is null");
    }

    @Override
    public String toString() {
      return "udp " + target;
    }
  }

  /**
   * The device is to listen and to bring each connection to the client.
   *
   * @param address where on the device: a loopback port or a Unix socket
   */
  record Listen(LocalAddress address) implements StreamRequest {
    public Listen {
      requireNonNull(address, "address is null");
    }

    @Override
    public String toString() {
      return "listen " + address;
    }
  }
}
