package org.noports.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.noports.api.StoreFailed;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail.Question;
import org.noports.api.identity.SigningKeyFiles;
import org.noports.audit.chain.AuditFiles;
import org.noports.testkit.TestClock;

/** An audit in a folder, with a key of its own, that may stop and begin again. */
final class AuditRig implements AutoCloseable {
  static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  final Path file;
  final TestClock clock = new TestClock(NOON);
  private final Path folder;
  private SigningKeyFiles keys = JdkKey.files();
  private Settings settings;
  private Optional<EventFileAudit> running = Optional.empty();

  AuditRig(Path folder) {
    this.folder = folder;
    file = folder.resolve("audit/events.jsonl");
    settings(1 << 20, Duration.ZERO, 0, Duration.ZERO);
    start();
  }

  void settings(long maxBytes, Duration maxAge, int keepFiles, Duration keepAge) {
    settings =
        new Settings(
            file,
            maxBytes,
            maxAge,
            keepFiles,
            keepAge,
            Duration.ofSeconds(10),
            folder.resolve("key"));
    running.ifPresent(audit -> audit.apply(settings));
  }

  void start() {
    EventFileAudit audit = new EventFileAudit(settings, clock);
    audit.bindKeys(keys);
    running = Optional.of(audit);
  }

  void stop() {
    running.ifPresent(EventFileAudit::stop);
    running = Optional.empty();
  }

  void anotherKey() {
    keys = JdkKey.files();
  }

  EventFileAudit audit() {
    return running.orElseThrow();
  }

  /** Records one and waits until it is on the disk. */
  void record(String name) throws Exception {
    record(new AuditEvent(clock.instant(), name, Map.of("session", "s-" + name)));
  }

  void record(AuditEvent event) throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    try (var following =
        audit()
            .follow(
                AuditFilter.ALL,
                entry -> {
                  if (entry.event().equals(event)) {
                    there.countDown();
                  }
                })) {
      audit().record(event);
      if (!there.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError(event + " was not written: " + audit().check());
      }
    }
  }

  AuditReport verify(Path... files) throws StoreFailed {
    return verify(new Question(List.of(files), List.of(), Optional.empty()));
  }

  AuditReport verify(Question question) throws StoreFailed {
    return audit().verify(question);
  }

  List<Path> files() throws IOException {
    return new AuditFiles(file).all();
  }

  @Override
  public void close() {
    stop();
  }
}
