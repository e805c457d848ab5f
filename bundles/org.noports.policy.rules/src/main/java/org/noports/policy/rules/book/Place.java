package org.noports.policy.rules.book;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.policy.rules.condition.Truth;
import org.noports.policy.rules.question.Endpoint;

/** Where a rule is about: ports of hosts, or services of a device's own JVM. */
public sealed interface Place {
  /**
   * Whether {@code endpoint} is there; unknown if only its address, which is not known, can tell.
   */
  Truth has(Endpoint endpoint);

  /** Everywhere. */
  record Everywhere() implements Place {
    @Override
    public Truth has(Endpoint endpoint) {
      return Truth.TRUE;
    }

    @Override
    public String toString() {
      return "*:*";
    }
  }

  /**
   * A service, or all.
   *
   * @param name empty for all
   */
  record Services(Optional<String> name) implements Place {
    @Override
    public Truth has(Endpoint endpoint) {
      return Truth.of(
          endpoint instanceof Endpoint.Service service
              && name.map(service.name()::equals).orElse(true));
    }

    @Override
    public String toString() {
      return "service:" + name.orElse("*");
    }
  }

  /**
   * Ports of hosts.
   *
   * @param hosts which hosts
   * @param low the first port
   * @param high the last port
   */
  record Ports(Hosts hosts, int low, int high) implements Place {
    public Ports {
      if (low < 1 || high > 65535 || low > high) {
        throw new IllegalArgumentException(
            low + "-" + high + " are no ports: expected the lower first, 1 to 65535");
      }
    }

    @Override
    public Truth has(Endpoint endpoint) {
      return endpoint instanceof Endpoint.Socket socket
              && low <= socket.port()
              && socket.port() <= high
          ? hosts.has(socket)
          : Truth.FALSE;
    }

    @Override
    public String toString() {
      return hosts + ":" + (low == high ? low : low + "-" + high);
    }
  }

  /** What is behind the last colon. */
  Pattern PORTS = Pattern.compile("([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?");

  /**
   * Reads {@code host:22}, {@code *.example.org:8000-8099}, {@code 10.0.0.0/8:*}, {@code
   * [2001:db8::]/32:22}, {@code *:*}, {@code service:NAME} or {@code service:*}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  static Place of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "'" + text + "' is no place: expected host:port, NETWORK/BITS:port or service:NAME");
    }
    String front = text.substring(0, colon).toLowerCase(Locale.ROOT);
    String back = text.substring(colon + 1).toLowerCase(Locale.ROOT);
    if (front.equals("service")) {
      return new Services(back.equals(Who.ANY) ? Optional.empty() : Optional.of(Names.group(back)));
    }
    if (back.equals(Who.ANY)) {
      return front.equals(Who.ANY) ? new Everywhere() : new Ports(Hosts.of(front), 1, 65535);
    }
    Matcher ports = PORTS.matcher(back);
    if (!ports.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' has no ports behind its last colon: expected 22, 8000-8099 or *");
    }
    int low = Integer.parseInt(ports.group(1));
    int high = ports.group(2) == null ? low : Integer.parseInt(ports.group(2));
    return new Ports(Hosts.of(front), low, high);
  }

  /** As {@link Endpoint}, from {@code host:port} or {@code service:NAME}. */
  static Endpoint endpoint(String text) {
    if (text.startsWith("service:")) {
      return new Endpoint.Service(Names.group(text.substring("service:".length())));
    }
    if (of(text) instanceof Ports ports && ports.low() == ports.high()) {
      String host = text.substring(0, text.lastIndexOf(':'));
      return new Endpoint.Socket(Hosts.unbracketed(host), ports.low());
    }
    throw new IllegalArgumentException("'" + text + "' is not one place: expected host:port");
  }
}
