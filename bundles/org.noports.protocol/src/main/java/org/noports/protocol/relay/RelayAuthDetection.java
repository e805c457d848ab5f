package org.noports.protocol.relay;

import java.time.Duration;
import java.util.Optional;
import org.noports.protocol.session.RelayAuthMode;

/**
 * How a relay finds out which authentication a peer speaks (docs/protocol/noports.md 4.3): a peer
 * with a signed line speaks at once, a peer that waits for a challenge is silent.
 */
public enum RelayAuthDetection {
  /** Read the signed line: what came is its beginning. */
  READ_LINE,
  /** Send a challenge. */
  SEND_CHALLENGE,
  /** Wait: the peer has said nothing and its time is not over. */
  WAIT,
  /** Hang up: what came is the beginning of nothing we know. */
  REFUSE;

  /** How long a peer may be silent before it is sent a challenge. */
  public static final Duration WINDOW = Duration.ofMillis(500);

  /**
   * The decision for one connection.
   *
   * @param known the side's mode, if the client announced it or an earlier connection showed it
   * @param firstByte the first byte the peer sent, if any
   * @param windowOver whether {@link #WINDOW} has passed since the peer connected
   */
  public static RelayAuthDetection decide(
      Optional<RelayAuthMode> known, Optional<Byte> firstByte, boolean windowOver) {
    if (firstByte.isPresent()) {
      boolean line = firstByte.get() == '{';
      return line && known.orElse(RelayAuthMode.PAYLOAD) == RelayAuthMode.PAYLOAD
          ? READ_LINE
          : REFUSE;
    }
    if (known.isPresent()) {
      return known.get() == RelayAuthMode.ESCR ? SEND_CHALLENGE : WAIT;
    }
    return windowOver ? SEND_CHALLENGE : WAIT;
  }
}
