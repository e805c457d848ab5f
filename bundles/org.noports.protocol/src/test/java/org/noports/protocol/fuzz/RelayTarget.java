package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.relay.ControlMessageReader;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What reaches a relay, or a control channel, is refused in one short line, or read; the first byte
 * says which.
 */
public final class RelayTarget {
  private RelayTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = java.util.Arrays.copyOfRange(input, 1, input.length);
    try {
      Expect.oneLine(read(input[0], rest).toString());
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
    }
  }

  private static Object read(byte which, byte[] bytes) throws ProtocolViolation {
    String text = new String(bytes, UTF_8);
    return switch (which) {
      case 'p' -> SignedEnvelope.parse(text);
      case 'l' -> EscrLine.parse(text);
      case 'c' -> EscrChallenge.parse(text);
      case 'r' -> EscrResponse.parse(text);
      case 'u' -> SigningKeyUri.find(text);
      default -> messages(which == 'o', bytes);
    };
  }

  private static Object messages(boolean oldClients, byte[] bytes) throws ProtocolViolation {
    try (ControlMessageReader reader = new ControlMessageReader(oldClients)) {
      return reader.read(ByteBuffer.wrap(bytes));
    }
  }
}
