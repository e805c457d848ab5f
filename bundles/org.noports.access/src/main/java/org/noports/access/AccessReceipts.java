package org.noports.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;
import org.noports.api.audit.AuditEvent;

/** Writes down what was asked for and what became of it: for the log, and for the audit. */
final class AccessReceipts {
  static final String ASKED = "access-asked";
  static final String GRANTED = "access-granted";
  static final String DENIED = "access-denied";
  static final String WITHDRAWN = "access-withdrawn";
  static final String OVER = "access-over";
  static final String LAPSED = "access-lapsed";

  private final Neighbours neighbours;
  private final Clock clock;

  AccessReceipts(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  void asked(AccessWish wish) {
    AccessLog.asked(wish);
    record(ASKED, details(wish));
  }

  void granted(TimedAccess access, TimedAccess.Span span) {
    AccessLog.granted(access, span);
    record(GRANTED, details(access));
  }

  /** It permits nothing more, or will never. */
  void gone(String event, TimedAccess access, String why) {
    AccessLog.gone(event, access);
    Map<String, String> details = details(access);
    if (!why.isEmpty()) {
      details.put("why", why);
    }
    record(event, details);
  }

  private static Map<String, String> details(TimedAccess access) {
    Map<String, String> details = details(access.wish());
    access.granted().ifPresent(span -> details.put("until", span.until().toString()));
    return details;
  }

  private static Map<String, String> details(AccessWish wish) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("access", wish.id());
    details.put("client", wish.client().name());
    details.put("device", wish.device().toString());
    details.put("target", wish.target().toString());
    details.put("seconds", Long.toString(wish.length().toSeconds()));
    details.put("reason", wish.reason());
    return details;
  }

  private void record(String event, Map<String, String> details) {
    neighbours.record(new AuditEvent(clock.instant(), event, details));
  }
}
