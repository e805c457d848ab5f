package org.noports.tunnel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;

/**
 * One session that had to leave a provider: what is kept of it, and what it ends with if need be.
 */
record Departed(Surroundings around, String session, String end, Departure departure) {
  static final String EVENT = "session-left-cipher";

  Departed(ResumableSession session, Departure departure) {
    this(
        session.around(),
        session.plan.id().toString(),
        session.isClient() ? "client" : "device",
        departure);
  }

  /** Has it kept what became of the session. */
  void audit(CompletionStage<Fate> fate) {
    fate.thenAccept(
        outcome -> {
          TunnelLog.departed(session, departure, outcome);
          Map<String, String> details = new LinkedHashMap<>();
          details.put("session", session);
          details.put("end", end);
          details.put("outcome", outcome.toString());
          details.put("reason", departure.toString());
          around.audit().ifPresent(it -> it.record(new AuditEvent(Instant.now(), EVENT, details)));
        });
  }

  NoPortsException failure() {
    if (departure.reason() == Reason.MISBEHAVED) {
      return new CipherMisbehaved(
          "Session "
              + session
              + " was closed: "
              + departure
              + ", and what it computed is not to be believed; noports:ciphers says what it did."
              + " Open a new session, which does without it");
    }
    return new CipherUnavailable(
        "Session "
            + session
            + " cannot go on: "
            + departure
            + ", and it was not moved to anything else that both ends have; open a new one when"
            + " they have");
  }
}
