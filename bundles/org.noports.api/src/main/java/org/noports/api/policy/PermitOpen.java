package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noports.api.Target;

/**
 * A place that may be opened: {@code host:port} for connections, {@code udp:host:port} for
 * datagrams, each with {@code *} for any host or any port; or {@code service:NAME}. A place that is
 * permitted for connections is not for datagrams, and the other way round. Hosts are compared as
 * text (noports.md 6): {@code localhost} is not {@code 127.0.0.1}.
 *
 * @param udp whether it is permitted for datagrams, instead of for connections
 * @param host a host, {@code *}, or {@code service}
 * @param port a port number, {@code *}, or a service's name
 */
public record PermitOpen(boolean udp, String host, String port) {
  /** Every connection that the device itself permits. */
  public static final PermitOpen ANY = new PermitOpen(false, "*", "*");

  /** All datagrams that the device itself permits. */
  public static final PermitOpen ANY_UDP = new PermitOpen(true, "*", "*");

  private static final String WILDCARD = "*";
  private static final String SERVICE = "service";
  private static final String UDP = "udp:";

  public PermitOpen {
    requireNonNull(host, "host is null");
    requireNonNull(port, "port is null");
    host = host.trim().toLowerCase(Locale.ROOT);
    port = port.trim().toLowerCase(Locale.ROOT);
    boolean service = host.equals(SERVICE) && !udp;
    if (host.isEmpty() || !(port.equals(WILDCARD) || service || isPort(port))) {
      throw new IllegalArgumentException(
          "'"
              + (udp ? UDP : "")
              + host
              + ":"
              + port
              + "' cannot be permitted: expected host:port, *:port, host:*, *:*, the same behind"
              + " udp: for datagrams, or service:NAME");
    }
  }

  /**
   * Reads one entry.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static PermitOpen of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim();
    // One colon more: 'udp:53' is port 53 of a host of that name.
    boolean udp =
        trimmed.regionMatches(true, 0, UDP, 0, UDP.length())
            && trimmed.indexOf(':', UDP.length()) >= 0;
    String place = udp ? trimmed.substring(UDP.length()) : trimmed;
    int colon = place.lastIndexOf(':');
    return colon < 0
        ? new PermitOpen(udp, place, "")
        : new PermitOpen(udp, unbracketed(place.substring(0, colon)), place.substring(colon + 1));
  }

  /** Reads a comma-separated list; blank for none. */
  public static List<PermitOpen> listOf(String text) {
    return Arrays.stream(text.split(",")).filter(s -> !s.isBlank()).map(PermitOpen::of).toList();
  }

  /** Whether this entry covers connections to {@code target}. */
  public boolean permits(Target target) {
    if (target instanceof Target.Service service) {
      return equals(ANY)
          || !udp && host.equals(SERVICE) && (port.equals(WILDCARD) || port.equals(service.name()));
    }
    return !udp && covers(target);
  }

  /** Whether this entry covers datagrams to {@code target}. */
  public boolean permitsDatagrams(Target target) {
    return udp && target instanceof Target.Tcp && covers(target);
  }

  private boolean covers(Target target) {
    return (host.equals(WILDCARD) || host.equals(target.wireHost().toLowerCase(Locale.ROOT)))
        && (port.equals(WILDCARD) || port.equals(Integer.toString(target.wirePort())));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535;
  }

  @Override
  public String toString() {
    return (udp ? UDP : "") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
