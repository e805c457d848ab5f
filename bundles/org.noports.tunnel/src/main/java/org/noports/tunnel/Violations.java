package org.noports.tunnel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.audit.AuditEvent;

/** Has it kept that somebody tampered with a session's link, or cut it. */
record Violations(Surroundings around, SessionId session, boolean client)
    implements Consumer<NoPortsException> {
  @Override
  public void accept(NoPortsException failure) {
    if (!(failure instanceof ProtocolViolation)) {
      return;
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("session", session.toString());
    details.put("end", client ? "client" : "device");
    details.put("reason", failure.getMessage());
    around
        .audit()
        .ifPresent(audit -> audit.record(new AuditEvent(Instant.now(), "link-violated", details)));
  }
}
