package org.noports.policy.rules.question;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** Where a request goes: a port of a host as the device names and resolves it, or a service. */
public sealed interface Endpoint {
  /**
   * A port of a host. A host that is written as an address has that address.
   *
   * @param host the name as requested; lower case, without the dot at the end
   * @param address the one address that would be dialled; empty before it is resolved
   * @param port 1 to 65535
   */
  record Socket(String host, Optional<InetAddress> address, int port) implements Endpoint {
    public Socket {
      requireNonNull(address, "address is null");
      host = canonical(host);
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("Port " + port + " is not between 1 and 65535");
      }
      Optional<InetAddress> literal = Network.address(host);
      if (literal.isPresent() && address.isPresent() && !literal.equals(address)) {
        throw new IllegalArgumentException(host + " cannot be resolved to another address");
      }
      address = literal.isPresent() ? literal : address;
    }

    /** A name that is not resolved yet, or an address. */
    public Socket(String host, int port) {
      this(host, Optional.empty(), port);
    }
  }

  /**
   * A service in the device's own JVM.
   *
   * @param name its name
   */
  record Service(String name) implements Endpoint {
    public Service {
      name = requireNonNull(name, "name is null").toLowerCase(Locale.ROOT);
    }
  }

  /** How names are compared: in lower case, without the dot that only says that it is complete. */
  static String canonical(String host) {
    String lower = requireNonNull(host, "host is null").toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
