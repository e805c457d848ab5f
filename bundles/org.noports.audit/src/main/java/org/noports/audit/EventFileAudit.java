package org.noports.audit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.StoreFailed;
import org.noports.api.Subscription;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.SigningKeyFiles;
import org.noports.audit.chain.ChainEvents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps events in append-only files of JSON lines, chained by hashes and signed from time to time.
 * An event is on disk as soon as the disk can take it: those that wait are written and flushed
 * together.
 */
@Component(
    configurationPid = "org.noports.audit",
    service = {Audit.class, AuditTrail.class, HealthCheck.class},
    immediate = true)
@Designate(ocd = EventFileAudit.Config.class)
public final class EventFileAudit implements Audit, AuditTrail, HealthCheck {
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
            "After that a file gets its final name, events-00000001.jsonl and so on, and a new one"
                + " is begun. At least 64 KiB, so that files do not outnumber events.")
    long maxBytes() default 16777216;

    @AttributeDefinition(
        name = "Oldest file (hours)",
        min = "0",
        description =
            "After that a file gets its final name with the next event, also if it is small: what"
                + " was kept of a day can then be taken away and stored. 0 for never.")
    int maxHours() default 24;

    @AttributeDefinition(
        name = "Old files kept",
        min = "0",
        description =
            "How many files stay beside the one being written; with maxBytes, the most disk that is"
                + " used. 0 for all: what was recorded is deleted only by who decided so.")
    int keepFiles() default 0;

    @AttributeDefinition(
        name = "Old files kept (days)",
        min = "0",
        description =
            "How long files stay, for who may not keep personal data for longer. 0 for ever.")
    int keepDays() default 0;

    @AttributeDefinition(
        name = "Checkpoint (seconds)",
        min = "1",
        description =
            "How long a line waits until it is signed: what somebody takes from the end within that"
                + " time is not missed. Each signature is a line of its own.")
    int checkpointSeconds() default 10;

    @AttributeDefinition(
        name = "Key folder",
        description =
            "Where the key is that signs, and the number of the last checkpoint. Who can write"
                + " there can forge; best where nobody else can who reads or collects the events.")
    String keyFolder() default "data/audit-key";
  }

  private final Followers followers = new Followers();
  private final CheckpointKey keys = new CheckpointKey();
  private final EventWriter writer;
  private final KeptTrail trail;

  @Activate
  public EventFileAudit(Config config) {
    this(Settings.of(config), Clock.systemUTC());
  }

  /** For tests. */
  EventFileAudit(Settings settings, Clock clock) {
    writer = new EventWriter(settings, keys, clock, followers);
    trail = new KeptTrail(writer);
  }

  @Modified
  void modified(Config config) {
    apply(Settings.of(config));
  }

  void apply(Settings settings) {
    writer.settings(settings);
  }

  /** Writes what waits, signs it, and ends. */
  @Deactivate
  public void stop() {
    writer.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindKeys(SigningKeyFiles files) {
    keys.bind(files);
  }

  void unbindKeys(SigningKeyFiles files) {
    keys.unbind(files);
  }

  @Override
  public void record(AuditEvent event) {
    // Who reads the chain believes what it says of itself: nobody else says such things.
    boolean claimed = requireNonNull(event, "event is null").event().startsWith(ChainEvents.OWN);
    writer.add(
        claimed ? new AuditEvent(event.at(), "other-" + event.event(), event.details()) : event);
  }

  @Override
  public Optional<String> trouble() {
    return writer.trouble();
  }

  @Override
  public List<Path> files() throws StoreFailed {
    return trail.files();
  }

  @Override
  public void read(AuditFilter filter, Consumer<AuditEntry> reader) throws StoreFailed {
    trail.read(filter, reader);
  }

  @Override
  public Subscription follow(AuditFilter filter, Consumer<AuditEntry> listener) {
    return followers.add(filter, listener);
  }

  @Override
  public AuditReport verify(Question question) throws StoreFailed {
    return trail.verify(question);
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
