package org.noports.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds of a line channel.
 *
 * @param longestLine in bytes, its end not counted
 * @param connectTimeout until TCP is connected, name look-up included
 * @param handshakeTimeout until TLS stands
 */
public record LineLimits(int longestLine, Duration connectTimeout, Duration handshakeTimeout) {
  /** Up to this many characters behind the last line's end are shown. */
  public static final int LONGEST_PROMPT = 1024;

  /** What an atServer allows (docs/protocol/atprotocol.md section 2), and patience for a peer. */
  public static final LineLimits DEFAULT =
      new LineLimits(10_240_000, Duration.ofSeconds(10), Duration.ofSeconds(10));

  public LineLimits {
    if (longestLine < 1) {
      throw new IllegalArgumentException("A line of " + longestLine + " bytes is too short");
    }
    requireNonNull(connectTimeout, "connectTimeout is null");
    requireNonNull(handshakeTimeout, "handshakeTimeout is null");
  }
}
