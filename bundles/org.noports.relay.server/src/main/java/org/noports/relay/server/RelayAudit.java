package org.noports.relay.server;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.relay.RelaySessions.Carried;

/** Records what the relay was asked and did, while there is somebody who keeps it. */
final class RelayAudit {
  private final Supplier<Optional<Audit>> audit;

  RelayAudit(Supplier<Optional<Audit>> audit) {
    this.audit = audit;
  }

  void opened(AtSign relay, Carried session) {
    record("relay-session-opened", details(relay, session));
  }

  void ended(AtSign relay, Carried session, String reason) {
    Map<String, String> details = details(relay, session);
    details.put("bytes", Long.toString(session.bytes()));
    details.put(
        "seconds", Long.toString(Duration.between(session.since(), Instant.now()).toSeconds()));
    details.put("reason", reason);
    record("relay-session-ended", details);
  }

  void refused(AtSign relay, AtSign from, String session, String reason) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("relay", relay.name());
    details.put("session", session);
    details.put("from", from.name());
    details.put("reason", reason);
    record("relay-session-refused", details);
  }

  private Map<String, String> details(AtSign relay, Carried session) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("relay", relay.name());
    details.put("session", session.id().toString());
    details.put("client", session.client().name());
    details.put("device", session.device().name());
    details.put("clientPort", Integer.toString(session.clientPort()));
    details.put("devicePort", Integer.toString(session.devicePort()));
    return details;
  }

  private void record(String event, Map<String, String> details) {
    audit.get().ifPresent(to -> to.record(new AuditEvent(Instant.now(), event, details)));
  }
}
