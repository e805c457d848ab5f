package org.noports.tunnel.session;

import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;

/**
 * The words in which a stream is asked for: {@code connect [target]}, {@code udp target}, {@code
 * listen address}, and, from the device, {@code arrival number-of-the-listening-stream}
 * (docs/protocol/np2.md).
 */
public final class StreamWords {
  private static final String CONNECT = "connect";
  private static final String UDP = "udp";
  private static final String LISTEN = "listen";
  private static final String ARRIVAL = "arrival";

  private StreamWords() {}

  /** A connection to the session's own target, which the device knows. */
  public static String connect() {
    return CONNECT;
  }

  /** Asks for {@code request}. */
  public static String of(StreamRequest request) {
    if (request instanceof StreamRequest.Connect connect) {
      return CONNECT + " " + connect.target();
    }
    if (request instanceof StreamRequest.Udp udp) {
      return UDP + " " + udp.target();
    }
    return LISTEN + " " + ((StreamRequest.Listen) request).address();
  }

  /** Brings a connection from where the device listens for the client. */
  public static String arrival(int listening) {
    return ARRIVAL + " " + listening;
  }

  /** No, and why: the kind of failure, and a sentence. */
  public static String no(Throwable why) {
    String kind =
        why instanceof TargetUnavailable failure
            ? failure.reason()
            : new SessionRefused("").reason();
    return kind + " " + why.getMessage();
  }

  /** What {@link #no} meant. */
  public static NoPortsException failure(String no) {
    String[] words = no.split(" ", 2);
    String reason = words.length < 2 ? no : words[1];
    return words[0].equals(new TargetUnavailable("").reason())
        ? new TargetUnavailable(reason)
        : new SessionRefused(reason);
  }

  /**
   * What a client has asked for.
   *
   * @param own the session's target
   */
  public static StreamRequest request(String text, Target own) throws ProtocolViolation {
    String[] words = text.split(" ", 2);
    String rest = words.length < 2 ? "" : words[1];
    try {
      return switch (words[0]) {
        case CONNECT -> new StreamRequest.Connect(rest.isEmpty() ? own : Target.of(rest));
        case UDP -> new StreamRequest.Udp(Target.of(rest));
        case LISTEN -> new StreamRequest.Listen(LocalAddress.of(rest));
        default ->
            throw new ProtocolViolation("stream request: no word that is known here comes first");
      };
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("stream request: " + e.getMessage());
    }
  }

  /** The listening stream whose connection the device brings; empty if it brings none. */
  public static Optional<Integer> arrival(String text) {
    String[] words = text.split(" ", 2);
    try {
      return words.length == 2 && words[0].equals(ARRIVAL)
          ? Optional.of(Integer.parseInt(words[1]))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
