package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.tunnel.LocalAddress;

/**
 * An address at which a device may listen for its clients: a port of a loopback address with {@code
 * *} for any port, or a Unix socket with {@code *} for any in one folder. Nothing else can be
 * permitted. {@code localhost} and the loopback addresses are one.
 *
 * @param port a port number, {@code *}, or empty for a socket
 * @param socket the socket's path, if it is one
 */
public record PermitListen(String port, Optional<Path> socket) {
  private static final String WILDCARD = "*";

  public PermitListen {
    requireNonNull(port, "port is null");
    requireNonNull(socket, "socket is null");
  }

  /**
   * Reads one entry: {@code 8080}, {@code localhost:8080}, {@code localhost:*}, {@code
   * /run/app/x.sock} or {@code /run/app/*}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static PermitListen of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim().toLowerCase(Locale.ROOT);
    if (trimmed.startsWith("/")) {
      return new PermitListen("", Optional.of(Path.of(text.trim()).normalize()));
    }
    int colon = trimmed.lastIndexOf(':');
    String host = colon < 0 ? LocalAddress.Port.LOOPBACK : unbracketed(trimmed, colon);
    String port = trimmed.substring(colon + 1);
    boolean known = port.equals(WILDCARD) || isPort(port);
    if (!known || !new LocalAddress.Port(host, 0).isLoopback()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "'"
              + " cannot be permitted: expected a port, localhost:port, localhost:*, or a socket's"
              + " path; devices listen on loopback addresses only");
    }
    return new PermitListen(port, Optional.empty());
  }

  /** Reads a comma-separated list; blank for none. */
  public static List<PermitListen> listOf(String text) {
    return Arrays.stream(text.split(",")).filter(s -> !s.isBlank()).map(PermitListen::of).toList();
  }

  /** Whether this entry covers {@code address}; a port that the device is to choose needs any. */
  public boolean permits(LocalAddress address) {
    if (address instanceof LocalAddress.UnixSocket unix) {
      return unix.path().isAbsolute() && covers(unix.path());
    }
    return address instanceof LocalAddress.Port asked
        && socket.isEmpty()
        && asked.isLoopback()
        && (port.equals(WILDCARD) || port.equals(Integer.toString(asked.port())));
  }

  private boolean covers(Path asked) {
    return socket
        .filter(
            mine ->
                mine.endsWith(WILDCARD)
                    ? asked.equals(asked.normalize())
                        && Optional.ofNullable(mine.getParent())
                            .equals(Optional.ofNullable(asked.getParent()))
                    : mine.equals(asked))
        .isPresent();
  }

  private static String unbracketed(String text, int colon) {
    String host = text.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
  }

  @Override
  public String toString() {
    return socket.map(Path::toString).orElse("localhost:" + port);
  }
}
