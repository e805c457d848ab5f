package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.atkeys.AtKeysFile;

/** A key file is refused without a word of what it holds, or read. */
public final class KeyFileTarget {
  private KeyFileTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Expect.oneLine(AtKeysFile.parse(new String(input, UTF_8)).toString());
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
    }
  }
}
