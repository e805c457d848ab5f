package org.noports.api.network;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.Secret;

/** The way that one connection takes. */
public sealed interface Route {
  /** To the target itself. */
  record Direct() implements Route {}

  /**
   * To a proxy, which is told the target's host name and looks it up there.
   *
   * @param protocol what the proxy speaks
   * @param proxy where it is; reached directly
   * @param login who we are to it, if it asks
   */
  record Through(Protocol protocol, HostPort proxy, Optional<Login> login) implements Route {
    public Through {
      requireNonNull(protocol, "protocol is null");
      requireNonNull(proxy, "proxy is null");
      requireNonNull(login, "login is null");
    }

    @Override
    public String toString() {
      return protocol.scheme() + "://" + proxy;
    }
  }

  /**
   * None: a proxy is wanted and its setting cannot be used.
   *
   * @param why a full sentence that says what to do
   */
  record Closed(String why) implements Route {
    public Closed {
      requireNonNull(why, "why is null");
    }
  }

  /** Shorthand for {@link Direct}. */
  Route DIRECT = new Direct();

  /** What a proxy speaks. */
  enum Protocol {
    /** HTTP's CONNECT (RFC 9110 section 9.3.6), with Basic authentication (RFC 7617). */
    HTTP("http"),
    /** SOCKS 5 (RFC 1928), with user and password (RFC 1929). */
    SOCKS5("socks5");

    private final String scheme;

    Protocol(String scheme) {
      this.scheme = scheme;
    }

    /** As a setting writes it before {@code ://}. */
    public String scheme() {
      return scheme;
    }
  }

  /**
   * Who we are to a proxy.
   *
   * @param user its name for us
   * @param password UTF-8; kept by whoever gave it, who may wipe it
   */
  record Login(String user, Secret password) {
    public Login {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }
  }
}
