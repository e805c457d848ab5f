package org.noports.proxy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.network.Route.Protocol;

/**
 * What configuration says about a proxy that is there.
 *
 * @param protocol what it speaks
 * @param proxy where it is
 * @param user who we are to it
 * @param passwordFile where that user's password is, absolute
 * @param bypass what is reached directly
 */
record ProxySettings(
    Protocol protocol,
    HostPort proxy,
    Optional<String> user,
    Optional<Path> passwordFile,
    Bypass bypass) {
  private static final String EXPECTED =
      "expected http://HOST:PORT or socks5://HOST:PORT, without user and password";

  /**
   * Empty if there is to be no proxy.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  static Optional<ProxySettings> of(ConfiguredProxy.Config config) {
    String url = config.url().trim();
    Bypass bypass = Bypass.of(config.noProxy());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    int colon = url.indexOf("://");
    // Not repeated in the message: it may hold a password.
    if (colon < 0 || url.indexOf('@') >= 0) {
      throw new IllegalArgumentException("'url' is no proxy: " + EXPECTED);
    }
    String rest = url.substring(colon + 3);
    String user = config.user().trim();
    String file = config.passwordFile().trim();
    if (user.isEmpty() != file.isEmpty() || user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'user' and 'passwordFile' go together, and a user has no ':' in it");
    }
    return Optional.of(
        new ProxySettings(
            protocol(url.substring(0, colon)),
            HostPort.of(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest),
            user.isEmpty() ? Optional.empty() : Optional.of(user),
            file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file).toAbsolutePath()),
            bypass));
  }

  private static Protocol protocol(String scheme) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.scheme().equals(scheme.toLowerCase(Locale.ROOT))) {
        return protocol;
      }
    }
    throw new IllegalArgumentException("'" + scheme + "' in 'url' is unknown: " + EXPECTED);
  }
}
