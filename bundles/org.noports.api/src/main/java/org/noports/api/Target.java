package org.noports.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a session's streams end, as seen from the device: a TCP service that the device can dial,
 * or a {@link org.noports.api.stream.StreamService} in the device's own JVM.
 */
public sealed interface Target {
  /** Prefix that tells a service in the device's JVM from a host: {@code service:ssh}. */
  String SERVICE_PREFIX = "service:";

  /** The host of the wire format: a host name, or {@code service:NAME}. */
  String wireHost();

  /** The port of the wire format; 1 for a service, which has none. */
  int wirePort();

  /**
   * Reads {@code host:port} or {@code service:NAME}.
   *
   * @throws IllegalArgumentException with a full sentence, if the text is neither
   */
  static Target of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim();
    return trimmed.startsWith(SERVICE_PREFIX)
        ? new Service(trimmed.substring(SERVICE_PREFIX.length()))
        : new Tcp(HostPort.of(trimmed));
  }

  /** The target that a request's host and port mean. */
  static Target ofWire(String host, int port) {
    return host.startsWith(SERVICE_PREFIX)
        ? new Service(host.substring(SERVICE_PREFIX.length()))
        : new Tcp(new HostPort(host, port));
  }

  /**
   * A TCP service, named as the device resolves it.
   *
   * @param address host and port on the device's network
   */
  record Tcp(HostPort address) implements Target {
    public Tcp {
      requireNonNull(address, "address is null");
    }

    @Override
    public String wireHost() {
      return address.host();
    }

    @Override
    public int wirePort() {
      return address.port();
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * A stream service in the device's JVM; it listens nowhere.
   *
   * @param name the service property {@code noports.stream.service} it is registered with
   */
  record Service(String name) implements Target {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Service {
      requireNonNull(name, "name is null");
      if (!VALID.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
        throw new IllegalArgumentException(
            Quoted.of(name)
                + " is not a service name: expected letters, digits and '-', as in ssh");
      }
    }

    @Override
    public String wireHost() {
      return SERVICE_PREFIX + name;
    }

    @Override
    public int wirePort() {
      return 1;
    }

    @Override
    public String toString() {
      return wireHost();
    }
  }
}
