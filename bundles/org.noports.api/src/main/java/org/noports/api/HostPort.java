package org.noports.api;

import static java.util.Objects.requireNonNull;

/**
 * A host name or address and a TCP port. IPv6 addresses are written in brackets: {@code [::1]:22}.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address without brackets; never empty
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    requireNonNull(host, "host is null");
    if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@')) {
      throw new IllegalArgumentException(Quoted.of(host) + " is not a host name or address");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("Port " + port + " is not between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port} or {@code [address]:port}.
   *
   * @throws IllegalArgumentException with a full sentence, if the text is neither
   */
  public static HostPort of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim();
    int colon = trimmed.lastIndexOf(':');
    if (colon < 1 || colon == trimmed.length() - 1) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is not host:port, for example localhost:22 or [::1]:22");
    }
    String host = trimmed.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new HostPort(host, parsePort(text, trimmed.substring(colon + 1)));
  }

  private static int parsePort(String text, String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          Quoted.of(text)
              + " has no port number: "
              + Quoted.of(port)
              + " is not between 1 and 65535",
          e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
