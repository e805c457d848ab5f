package org.noports.testkit.fakes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;

/** Remembers every event. */
public final class RecordingAudit implements Audit {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  private volatile String trouble = "";

  /** From now on it says that it cannot keep events, though it does; the empty text ends that. */
  public void trouble(String why) {
    trouble = why;
  }

  @Override
  public Optional<String> trouble() {
    return Optional.of(trouble).filter(why -> !why.isEmpty());
  }

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /** All events of that name, in order. */
  public List<AuditEvent> events(String name) {
    return events.stream().filter(event -> event.event().equals(name)).toList();
  }
}
