package org.noports.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.audit.AuditEvent;
import org.noports.protocol.json.JsonObject;

/** How an event is written: {@code {"at":"…","event":"…","details":{…}}}. */
final class EventLine {
  /** A longer value is cut: a peer must not fill the disk with one event. */
  static final int LONGEST_VALUE = 4096;

  private EventLine() {}

  static String of(AuditEvent event) {
    JsonObject.Builder details = JsonObject.builder();
    event.details().forEach((name, value) -> details.put(name, cut(value)));
    return JsonObject.builder()
            .put("at", event.at().toString())
            .put("event", event.event())
            .put("details", details.build())
            .build()
            .toJson()
        + "\n";
  }

  /** The first line of a file. */
  static String header(int format) {
    return JsonObject.builder().put("noportsAudit", format).build().toJson() + "\n";
  }

  /** Says that events were not kept. */
  static AuditEvent gap(Instant now, long lost) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("lost", Long.toString(lost));
    return new AuditEvent(now, "audit-gap", details);
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
  }
}
