package org.noports.atserver.host;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.audit.AuditEvent;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.tenant.Happenings;

/** Reports what happens: to the log always, to the audit what administrators answer for. */
final class HostEvents implements Happenings {
  private final HostLog log;
  private final Neighbours neighbours;

  HostEvents(HostLog log, Neighbours neighbours) {
    this.log = log;
    this.neighbours = neighbours;
  }

  HostLog log() {
    return log;
  }

  void added(AtSign atSign) {
    log.added(atSign);
    audit("atsign-added", "atSign", atSign.name());
  }

  void removed(AtSign atSign) {
    log.removed(atSign);
    audit("atsign-removed", "atSign", atSign.name());
  }

  void deleted(AtSign atSign) {
    log.deleted(atSign);
    audit("atsign-deleted", "atSign", atSign.name());
  }

  @Override
  public void authenticated(AtSign self, String proof, String from) {
    log.authenticated(self, proof, from);
  }

  @Override
  public void authenticationFailed(AtSign self, AtSign claimed, String proof, String from) {
    log.authenticationFailed(self, claimed, proof, from);
    audit(
        "authentication-failed",
        "atSign",
        self.name(),
        "claimed",
        claimed.name(),
        "by",
        proof,
        "from",
        from);
  }

  @Override
  public void enrolled(AtSign self, String id, String state, String by, String from) {
    log.enrolled(self, id, state, by, from);
    audit("enrollment-" + state, "atSign", self.name(), "enrollment", id, "by", by, "from", from);
  }

  @Override
  public void wrongPasscode(AtSign self, String from) {
    log.wrongPasscode(self, from);
    audit("enrollment-refused", "atSign", self.name(), "from", from);
  }

  @Override
  public void givenUp(AtNotification notification, String why) {
    log.givenUp(notification, why);
  }

  @Override
  public void unreached(AtNotification notification, int attempt, String why) {
    log.unreached(notification, attempt, why);
  }

  @Override
  public void failed(AtSign self, String what, Throwable why) {
    log.failed(self, what, why);
  }

  private void audit(String event, String... namesAndValues) {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    neighbours
        .audit()
        .ifPresent(audit -> audit.record(new AuditEvent(Instant.now(), event, details)));
  }
}
