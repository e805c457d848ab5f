package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.HostPort;
import org.noports.api.Target;

/**
 * What goes through a session beside the connections to its own target; each stream of it is a
 * {@link StreamRequest} that the device decides on, which takes a session of level L2 or better.
 */
public sealed interface Forward {
  /** Where it listens: on the client's machine, a {@link Remote} on the device. */
  LocalAddress at();

  /** The same at the address that was bound for it; of the same kind as {@link #at}. */
  Forward boundAt(LocalAddress bound);

  /**
   * Connections that come here go to one target.
   *
   * @param at where to listen
   * @param to where to, from the device on
   */
  record Local(LocalAddress at, Target to) implements Forward {
    public Local {
      requireNonNull(at, "at is null");
      requireNonNull(to, "to is null");
    }

    /**
     * Reads {@code [HOST:]PORT:HOST:PORT}, {@code [HOST:]PORT:service:NAME}, or either behind a
     * socket path, as in ssh.
     *
     * @throws IllegalArgumentException with a full sentence, if the text is none of them
     */
    public static Local of(String text) {
      String[] parts = ForwardText.split(text, "a local forward", "8080:intranet:80");
      return new Local(LocalAddress.of(parts[0]), Target.of(parts[1]));
    }

    @Override
    public Forward boundAt(LocalAddress bound) {
      return new Local(bound, to);
    }

    /** Whether {@code text} names a target too, and not only a local address. */
    public static boolean namesTarget(String text) {
      return ForwardText.namesTarget(text);
    }

    @Override
    public String toString() {
      return "local " + at + " to " + to;
    }
  }

  /**
   * Connections that come here go where they ask to by SOCKS5; names are resolved at the device.
   *
   * @param at where to listen
   */
  record Socks(LocalAddress at) implements Forward {
    public Socks {
      requireNonNull(at, "at is null");
    }

    @Override
    public Forward boundAt(LocalAddress bound) {
      return new Socks(bound);
    }

    @Override
    public String toString() {
      return "socks " + at;
    }
  }

  /**
   * Datagrams that come here go to one target, and its answers back. Only on a loopback address:
   * elsewhere anybody could have answers sent to whom he likes.
   *
   * @param at where to listen
   * @param to where to, from the device on
   */
  record Udp(LocalAddress.Port at, Target.Tcp to) implements Forward {
    public Udp {
      requireNonNull(at, "at is null");
      requireNonNull(to, "to is null");
      if (!at.isLoopback()) {
        throw new IllegalArgumentException(
            at + " is no loopback address: datagrams are forwarded from this machine only");
      }
    }

    /**
     * Reads {@code [HOST:]PORT:HOST:PORT}.
     *
     * @throws IllegalArgumentException with a full sentence, if the text is not that
     */
    public static Udp of(String text) {
      String[] parts = ForwardText.split(text, "a UDP forward", "5353:dns:53");
      if (!(LocalAddress.of(parts[0]) instanceof LocalAddress.Port port)) {
        throw new IllegalArgumentException("Datagrams have no socket path: " + text);
      }
      return new Udp(port, new Target.Tcp(HostPort.of(parts[1])));
    }

    @Override
    public Forward boundAt(LocalAddress bound) {
      return new Udp((LocalAddress.Port) bound, to);
    }

    @Override
    public String toString() {
      return "udp " + at + " to " + to;
    }
  }

  /**
   * The device listens; connections that come there go to a target of the client's.
   *
   * @param at where the device listens: on a loopback address of its own, or a socket path
   * @param to where to, from the client on
   */
  record Remote(LocalAddress at, HostPort to) implements Forward {
    public Remote {
      requireNonNull(at, "at is null");
      requireNonNull(to, "to is null");
      if (at instanceof LocalAddress.Port port && !port.isLoopback()) {
        throw new IllegalArgumentException(
            at + " is no loopback address: a device listens for its client nowhere else");
      }
    }

    /**
     * Reads {@code [HOST:]PORT:HOST:PORT}, or a socket path in place of the first part.
     *
     * @throws IllegalArgumentException with a full sentence, if the text is neither
     */
    public static Remote of(String text) {
      String[] parts = ForwardText.split(text, "a remote forward", "8080:localhost:3000");
      return new Remote(LocalAddress.of(parts[0]), HostPort.of(parts[1]));
    }

    @Override
    public Forward boundAt(LocalAddress bound) {
      return new Remote(bound, to);
    }

    @Override
    public String toString() {
      return "remote " + at + " to " + to;
    }
  }
}
