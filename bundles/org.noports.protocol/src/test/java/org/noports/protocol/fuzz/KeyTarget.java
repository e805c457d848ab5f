package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.key.AtKey;

/** A key name is refused in one short line, or its canonical form is its own. */
public final class KeyTarget {
  private KeyTarget() {}

  public static void fuzzerTestOneInput(byte[] input) throws ProtocolViolation {
    AtKey key;
    try {
      key = AtKey.parse(new String(input, UTF_8));
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
      return;
    }
    Expect.oneLine(key.toString());
    Expect.same(key.toString(), AtKey.parse(key.toString()).toString());
  }
}
