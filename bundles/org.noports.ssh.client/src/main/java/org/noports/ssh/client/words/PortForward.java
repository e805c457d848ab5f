package org.noports.ssh.client.words;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A forward inside SSH, as {@code -L}, {@code -R} and {@code -D} write it.
 *
 * @param kind who listens, and for what
 * @param bind the address to listen at, if it was said; empty text for every one
 * @param port the port to listen at
 * @param host where its connections go on to; empty for SOCKS5
 * @param hostPort the port there
 */
public record PortForward(Kind kind, Optional<String> bind, int port, String host, int hostPort) {
  /** Who listens, and for what. */
  public enum Kind {
    /** {@code -L}: here, for a place there. */
    LOCAL,
    /** {@code -R}: there, for a place here. */
    REMOTE,
    /** {@code -D}: here, for whatever SOCKS5 asks for. */
    DYNAMIC
  }

  private static final int LARGEST = 65535;

  public PortForward {
    requireNonNull(kind, "kind is null");
    requireNonNull(bind, "bind is null");
    requireNonNull(host, "host is null");
  }

  /**
   * Reads {@code [bind:]port[:host:hostport]}; of an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  static PortForward of(Kind kind, String text) {
    if (text.contains("/")) {
      throw new IllegalArgumentException(
          "'" + text + "': sockets with a path are forwarded by OpenSSH's ssh alone");
    }
    List<String> words = words(text.trim().replaceAll("\\s+", ":"));
    boolean dynamic = kind == Kind.DYNAMIC;
    int plain = dynamic ? 1 : 3;
    if (kind == Kind.REMOTE && words.size() < plain) {
      throw new IllegalArgumentException(
          "'-R "
              + text
              + "': SOCKS5 at the far side is for OpenSSH's ssh alone; write"
              + " PORT:HOST:PORT");
    }
    if (words.size() != plain && words.size() != plain + 1) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no forward: write "
              + (dynamic ? "[ADDRESS:]PORT" : "[ADDRESS:]PORT:HOST:PORT"));
    }
    int at = words.size() - plain;
    Optional<String> bind = at == 0 ? Optional.empty() : Optional.of(words.get(0));
    return new PortForward(
        kind,
        bind.map(address -> address.equals("*") ? "" : address),
        port(words.get(at)),
        dynamic ? "" : words.get(at + 1),
        dynamic ? 0 : port(words.get(at + 2)));
  }

  private static int port(String text) {
    int port = LoginWords.number(text, "a port");
    if (port > LARGEST) {
      throw new IllegalArgumentException("'" + text + "' is not a port");
    }
    return port;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String rest = text;
    while (true) {
      int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : rest.indexOf(':');
      if (rest.startsWith("[") && end > 0) {
        words.add(rest.substring(1, end - 1));
        if (end == rest.length()) {
          return words;
        }
        rest = rest.substring(rest.charAt(end) == ':' ? end + 1 : end);
      } else if (end < 0) {
        words.add(rest);
        return words;
      } else {
        words.add(rest.substring(0, end));
        rest = rest.substring(end + 1);
      }
    }
  }
}
