package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where a tunnel's entrance listens on the client's machine. */
public sealed interface LocalAddress {
  /**
   * A TCP port.
   *
   * @param host the address to bind, loopback unless the user asked for another
   * @param port the port, or 0 for any free one
   */
  record Port(String host, int port) implements LocalAddress {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** The address that is bound unless the user names another. */
    public static final String LOOPBACK = "127.0.0.1";

    public Port {
      requireNonNull(host, "host is null");
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("Local port " + port + " is not between 0 and 65535");
      }
    }

    /** A port on the loopback address. */
    public static Port loopback(int port) {
      return new Port(LOOPBACK, port);
    }

    /** Whether nobody but this machine can reach it: judged by its text, no name is looked up. */
    public boolean isLoopback() {
      return host.equalsIgnoreCase("localhost")
          || host.equals("::1")
          || host.matches("127(\\." + BYTE + "){3}");
    }

    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * A Unix domain socket, readable by its owner only.
   *
   * @param path at most 107 bytes long
   */
  record UnixSocket(Path path) implements LocalAddress {
    public UnixSocket {
      requireNonNull(path, "path is null");
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Reads what a person wrote: a port, {@code host:port}, or a path (it contains a {@code /}).
   *
   * @throws IllegalArgumentException with a full sentence, if the text is none of them
   */
  static LocalAddress of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim();
    if (trimmed.indexOf('/') >= 0) {
      return new UnixSocket(Path.of(trimmed));
    }
    int colon = trimmed.lastIndexOf(':');
    String host = colon < 0 ? Port.LOOPBACK : trimmed.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new Port(host, Integer.parseInt(trimmed.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a local address: expected a port, host:port or a socket path", e);
    }
  }
}
