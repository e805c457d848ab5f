package org.noports.shell;

import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.noports.api.audit.AuditEntry;

/** An event in one line for people. */
final class AuditText {
  private AuditText() {}

  static String line(AuditEntry entry) {
    String details =
        entry.event().details().entrySet().stream()
            .map(detail -> detail.getKey() + "=" + value(detail.getValue()))
            .collect(Collectors.joining(" "));
    return entry.event().at().truncatedTo(ChronoUnit.MILLIS)
        + " "
        + entry.event().event()
        + " "
        + details;
  }

  /**
   * Peers had a part in it: no control character reaches a terminal, none that turns the direction
   * of writing, and no quote ends the value before its end.
   */
  private static String value(String text) {
    String plain = Printable.of(text);
    return plain.isEmpty() || plain.indexOf(' ') >= 0 || plain.indexOf('"') >= 0
        ? '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : plain;
  }
}
