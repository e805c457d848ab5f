package org.noports.benchmarks.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.noports.api.StoreFailed;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;
import org.noports.audit.EventFileAudit;

/** The audit as a device has it, in a folder that is removed in the end. */
final class AuditFolder implements AutoCloseable {
  /** As many wait as a busy device would have; the audit itself holds 10,000. */
  private static final int MOST_WAITING = 4_000;

  private final Path folder = Files.createTempDirectory("noports-audit");
  private final EventFileAudit audit = new EventFileAudit(config(folder));

  AuditFolder() throws IOException {}

  /** Hands events over as fast as they are taken, and returns when the last is on the disk. */
  void keep(int count, IntFunction<AuditEvent> events) throws InterruptedException {
    Semaphore places = new Semaphore(MOST_WAITING);
    try (var following = audit.follow(AuditFilter.ALL, entry -> release(entry.event(), places))) {
      for (int i = 0; i < count; i++) {
        places.acquire();
        audit.record(events.apply(i));
      }
      places.acquire(MOST_WAITING);
    }
  }

  /** The audit's own events have not waited for a place. */
  private static void release(AuditEvent event, Semaphore places) {
    if (!event.event().startsWith("audit-")) {
      places.release();
    }
  }

  /** Oldest first. */
  List<Path> files() throws StoreFailed {
    return audit.files();
  }

  private static EventFileAudit.Config config(Path folder) {
    return (EventFileAudit.Config)
        Proxy.newProxyInstance(
            EventFileAudit.Config.class.getClassLoader(),
            new Class<?>[] {EventFileAudit.Config.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "file" -> folder.resolve("events.jsonl").toString();
                  case "keyFolder" -> folder.resolve("key").toString();
                  default -> method.getDefaultValue();
                });
  }

  @Override
  public void close() throws IOException {
    audit.stop();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
