package org.noports.directory;

import java.util.Optional;
import org.noports.api.HostPort;

/**
 * Where to ask, as configured.
 *
 * @param address of the atDirectory or, for {@code proxy:host}, of all atServers
 * @param everywhere whether {@code address} is the answer to every question
 */
record DirectoryPlace(HostPort address, boolean everywhere) {
  private static final String PROXY = "proxy:";
  private static final int USUAL_PORT = 64;

  /**
   * Reads {@code host}, {@code host:port} or either behind {@code proxy:}.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  static DirectoryPlace of(String text) {
    String trimmed = text.trim();
    Optional<String> proxy =
        trimmed.startsWith(PROXY)
            ? Optional.of(trimmed.substring(PROXY.length()))
            : Optional.empty();
    return new DirectoryPlace(address(proxy.orElse(trimmed)), proxy.isPresent());
  }

  private static HostPort address(String text) {
    boolean portless = text.indexOf(':') < 0 || text.endsWith("]");
    return HostPort.of(portless ? text + ":" + USUAL_PORT : text);
  }
}
