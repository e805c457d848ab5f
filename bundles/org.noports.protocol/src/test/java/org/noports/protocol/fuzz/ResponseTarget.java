package org.noports.protocol.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.ResponseReader;

/** What an atServer writes is cut into the same responses however it arrives, or refused. */
public final class ResponseTarget {
  private ResponseTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<String> whole = read(input, Math.max(1, input.length));
    List<String> bytewise = read(input, 1);
    Expect.same(String.join("\n", whole), String.join("\n", bytewise));
  }

  private static List<String> read(byte[] input, int piece) {
    ResponseReader reader = new ResponseReader();
    List<String> said = new ArrayList<>();
    try {
      for (int from = 0; from < input.length; from += piece) {
        int length = Math.min(piece, input.length - from);
        for (Response response : reader.read(ByteBuffer.wrap(input, from, length))) {
          said.add(response.toString());
        }
      }
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
      return List.of("refused");
    }
    return said;
  }
}
