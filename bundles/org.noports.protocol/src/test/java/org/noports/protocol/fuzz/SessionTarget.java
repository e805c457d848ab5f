package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.AuthModes;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;

/**
 * The messages of a session request are refused in one short line, or read; the first byte says
 * which.
 */
public final class SessionTarget {
  private SessionTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, UTF_8);
    try {
      Expect.oneLine(read(input[0], text).toString());
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
    }
  }

  private static Object read(byte which, String text) throws ProtocolViolation {
    return switch (which) {
      case 'e' -> SignedEnvelope.parse(text);
      case 'n' -> NptRequest.parse(JsonObject.parse("request", text));
      case 'c' -> SessionResponse.Connected.parse(JsonObject.parse("response", text));
      case 'p' -> PingResponse.parse(text);
      case 'r' -> RelayRequest.parse(text);
      case 'R' -> RelayReply.parse(text);
      default -> AuthModes.parse(text);
    };
  }
}
