package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.verb.NotificationJson;

/** A pushed notification is refused in one short line, or what is written of it reads as itself. */
public final class NotificationTarget {
  private NotificationTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Expect.oneLine(NotificationJson.parse(new String(input, UTF_8)).toString());
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
    }
  }
}
