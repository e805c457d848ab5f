package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noports.api.Target;

/**
 * A place that may be opened: {@code host:port} with {@code *} for any host or any port, or {@code
 * service:NAME}. Hosts are compared as text (noports.md 6): {@code localhost} is not {@code
 * 127.0.0.1}.
 *
 * @param host a host, {@code *}, or {@code service}
 * @param port a port number, {@code *}, or a service's name
 */
public record PermitOpen(String host, String port) {
  /** Everything that the device itself permits: what a manager is given. */
  public static final PermitOpen ANY = new PermitOpen("*", "*");

  private static final String WILDCARD = "*";
  private static final String SERVICE = "service";

  public PermitOpen {
    requireNonNull(host, "host is null");
    requireNonNull(port, "port is null");
    host = host.trim().toLowerCase(Locale.ROOT);
    port = port.trim().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || !(port.equals(WILDCARD) || host.equals(SERVICE) || isPort(port))) {
      throw new IllegalArgumentException(
          "'"
              + host
              + ":"
              + port
              + "' cannot be permitted: expected host:port, *:port, host:*, *:* or service:NAME");
    }
  }

  /**
   * Reads one entry.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static PermitOpen of(String text) {
    String trimmed = requireNonNull(text, "text is null").trim();
    int colon = trimmed.lastIndexOf(':');
    return colon < 0
        ? new PermitOpen(trimmed, "")
        : new PermitOpen(unbracketed(trimmed.substring(0, colon)), trimmed.substring(colon + 1));
  }

  /** Reads a comma-separated list; blank for none. */
  public static List<PermitOpen> listOf(String text) {
    return Arrays.stream(text.split(",")).filter(s -> !s.isBlank()).map(PermitOpen::of).toList();
  }

  /** Whether this entry covers {@code target}. */
  public boolean permits(Target target) {
    if (target instanceof Target.Service service) {
      return equals(ANY)
          || host.equals(SERVICE) && (port.equals(WILDCARD) || port.equals(service.name()));
    }
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
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
