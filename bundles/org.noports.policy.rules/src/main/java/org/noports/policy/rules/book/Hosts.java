package org.noports.policy.rules.book;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.noports.policy.rules.condition.Truth;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Network;

/** Which hosts a place is on: by the name that was asked for, or the address that is dialled. */
public sealed interface Hosts {
  /** Whether {@code socket} is on one of them. */
  Truth has(Endpoint.Socket socket);

  /** All. */
  record Any() implements Hosts {
    @Override
    public Truth has(Endpoint.Socket socket) {
      return Truth.TRUE;
    }

    @Override
    public String toString() {
      return Who.ANY;
    }
  }

  /**
   * One, as requests name it.
   *
   * @param name in lower case
   */
  record Named(String name) implements Hosts {
    @Override
    public Truth has(Endpoint.Socket socket) {
      return Truth.of(socket.host().equals(name));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * All whose names end so.
   *
   * @param suffix with its leading dot
   */
  record Below(String suffix) implements Hosts {
    @Override
    public Truth has(Endpoint.Socket socket) {
      return Truth.of(socket.host().endsWith(suffix));
    }

    @Override
    public String toString() {
      return Who.ANY + suffix;
    }
  }

  /**
   * All with an address of a network.
   *
   * @param network which
   */
  record In(Network network) implements Hosts {
    @Override
    public Truth has(Endpoint.Socket socket) {
      return socket.address().map(network::contains).map(Truth::of).orElse(Truth.UNKNOWN);
    }

    @Override
    public String toString() {
      return network.toString();
    }
  }

  /**
   * The device itself, by whatever loopback or unspecified address. A name is one only as long as
   * nobody knows its address: {@code db.localhost} may lead elsewhere.
   */
  record Home() implements Hosts {
    /** Its name. */
    static final String NAME = "localhost";

    @Override
    public Truth has(Endpoint.Socket socket) {
      return socket
          .address()
          .map(Home::isHome)
          .orElse(socket.host().equals(NAME) ? Truth.TRUE : Truth.UNKNOWN);
    }

    private static Truth isHome(InetAddress address) {
      return Truth.of(Network.isHome(address));
    }

    @Override
    public String toString() {
      return NAME;
    }
  }

  /** Letters, digits, '-', '_' and dots; what a resolver may be asked for. */
  Pattern NAME = Pattern.compile("[\\p{L}0-9_]([\\p{L}0-9_-]*[\\p{L}0-9_])?(\\.[\\p{L}0-9_-]+)*");

  /** Reads what is in front of a place's last colon, in lower case. */
  static Hosts of(String text) {
    String host = Endpoint.canonical(unbracketed(text));
    if (host.equals(Who.ANY)) {
      return new Any();
    }
    if (host.equals(Home.NAME)) {
      return new Home();
    }
    if (host.contains("/") || Network.address(host).isPresent()) {
      Network network = Network.of(host);
      return network.isHome() ? new Home() : new In(network);
    }
    boolean below = host.startsWith("*.");
    String name = below ? host.substring(2) : host;
    if (!NAME.matcher(name).matches() || name.matches("[0-9.]+")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no host: expected a name, *.NAME, an address, NETWORK/BITS or *");
    }
    return below ? new Below("." + name) : new Named(name);
  }

  /** Without the brackets of IPv6 addresses: {@code [::1]}, {@code [2001:db8::]/32}. */
  static String unbracketed(String host) {
    int close = host.indexOf(']');
    return host.startsWith("[") && close > 0
        ? host.substring(1, close) + host.substring(close + 1)
        : host;
  }
}
