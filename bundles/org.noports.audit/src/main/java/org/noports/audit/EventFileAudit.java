package org.noports.audit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps events in an append-only file of JSON lines. An event is on disk as soon as the disk can
 * take it: those that wait are written and flushed together.
 */
@Component(
    configurationPid = "org.noports.audit",
    service = {Audit.class, HealthCheck.class},
    immediate = true)
@Designate(ocd = EventFileAudit.Config.class)
public final class EventFileAudit implements Audit, HealthCheck {
  /** The settings of the PID {@code org.noports.audit}. */
  @ObjectClassDefinition(
      name = "NoPorts audit",
      description = "Where events are kept: what was asked, decided and done.")
  public @interface Config {
    @AttributeDefinition(
        name = "File",
        description =
            "Path of the event file, from the folder the process was started in. Appended to, never"
                + " rewritten; readable by its owner only.")
    String file() default "data/audit/events.jsonl";

    @AttributeDefinition(
        name = "Largest file (bytes)",
        min = "65536",
        max = "1099511627776",
        description =
            "After that a file is renamed to FILE.1, FILE.2 and so on, and a new one begun. None is"
                + " ever deleted. At least 64 KiB, so that files do not outnumber events.")
    long maxBytes() default 16777216;
  }

  private final EventWriter writer;

  @Activate
  public EventFileAudit(Config config) {
    this(Settings.of(config), Clock.systemUTC());
  }

  /** For tests. */
  EventFileAudit(Settings settings, Clock clock) {
    writer = new EventWriter(settings, clock);
  }

  @Modified
  void modified(Config config) {
    apply(Settings.of(config));
  }

  void apply(Settings settings) {
    writer.settings(settings);
  }

  @Deactivate
  void stop() {
    writer.close();
  }

  @Override
  public void record(AuditEvent event) {
    writer.add(requireNonNull(event, "event is null"));
  }

  @Override
  public String component() {
    return "org.noports.audit";
  }

  @Override
  public Health check() {
    return writer.health();
  }
}
