package org.noports.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.StoreFailed;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;

/** The audit of a machine, in files that begin a new one every few hundred events. */
public final class AuditAtHome implements AutoCloseable {
  public final EventFileAudit audit;

  public AuditAtHome(Path folder, Clock clock) {
    audit =
        new EventFileAudit(
            new Settings(
                folder.resolve("events.jsonl"),
                Settings.LEAST_BYTES,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Duration.ofSeconds(10),
                folder),
            clock);
  }

  /** All events of that name, as the files have them. */
  public List<AuditEvent> read(String event) throws StoreFailed {
    List<AuditEvent> all = new ArrayList<>();
    AuditFilter filter =
        new AuditFilter(Optional.empty(), Optional.empty(), Optional.of(event), Optional.empty());
    audit.read(filter, entry -> all.add(entry.event()));
    return all;
  }

  @Override
  public void close() {
    audit.stop();
  }
}
