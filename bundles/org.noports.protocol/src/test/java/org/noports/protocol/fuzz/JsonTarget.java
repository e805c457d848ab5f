package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/** A JSON object is refused in one short line, or what is written of it reads as itself. */
public final class JsonTarget {
  private JsonTarget() {}

  public static void fuzzerTestOneInput(byte[] input) throws ProtocolViolation {
    JsonObject json;
    try {
      json = JsonObject.parse("the input", new String(input, UTF_8));
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
      return;
    }
    String written = json.toJson();
    Expect.oneLine(written);
    Expect.same(written, JsonObject.parse("what was written", written).toJson());
  }
}
