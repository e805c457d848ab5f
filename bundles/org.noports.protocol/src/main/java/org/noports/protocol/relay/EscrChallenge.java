package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import org.noports.api.ProtocolViolation;

/**
 * What a relay asks first in the encrypted signed challenge and response (docs/protocol/noports.md
 * 4.2): a line of 44 characters, made anew for each connection.
 *
 * @param text base64 of 32 random bytes
 */
public record EscrChallenge(String text) {
  /** Random bytes of a challenge. */
  public static final int BYTES = 32;

  public EscrChallenge {
    requireNonNull(text, "text is null");
  }

  /** Makes a challenge of {@link #BYTES} random bytes. */
  public static EscrChallenge of(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException("A challenge has " + BYTES + " bytes");
    }
    return new EscrChallenge(Base64.getEncoder().encodeToString(random));
  }

  /** Reads a relay's line, without its newline. */
  public static EscrChallenge parse(String line) throws ProtocolViolation {
    String text = line.strip();
    try {
      if (Base64.getDecoder().decode(text).length == BYTES) {
        return new EscrChallenge(text);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error.
    }
    throw new ProtocolViolation("relay challenge: not the base64 of " + BYTES + " bytes");
  }

  /** The line as sent, with its newline. */
  public byte[] toLine() {
    return (text + "\n").getBytes(US_ASCII);
  }
}
