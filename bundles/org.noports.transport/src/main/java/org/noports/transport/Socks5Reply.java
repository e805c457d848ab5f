package org.noports.transport;

import org.noports.api.HostPort;

/** What a SOCKS 5 proxy means by the codes of its refusals (RFC 1928 section 6). */
final class Socks5Reply {
  private Socks5Reply() {}

  /** A clause that follows the proxy's name. */
  static String clause(int code, HostPort target) {
    return switch (code) {
          case 2 -> "refuses to connect us to " + target + "; its rules must allow that";
          case 3 -> "has no route to the network of " + target;
          case 4 -> "cannot reach " + target + " (no such host, or no way to it)";
          case 5 -> "was refused at " + target + " (nothing listens there)";
          case 6 -> "got no answer from " + target + " in time";
          case 7 -> "does not know the command CONNECT";
          case 8 -> "does not take addresses of that kind";
          default -> "could not connect us to " + target;
        }
        + " (SOCKS reply "
        + code
        + ")";
  }
}
