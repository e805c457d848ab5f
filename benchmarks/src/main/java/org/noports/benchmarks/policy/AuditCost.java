package org.noports.benchmarks.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;
import org.noports.audit.EventFileAudit;

/**
 * What the audit takes for a record, from the first that is handed over to the last that is on the
 * disk, hashed, chained and flushed; the events come as fast as they are taken.
 */
public final class AuditCost {
  private static final int RECORDS = 50_000;

  /** As many wait as a busy device would have; the audit itself holds 10,000. */
  private static final int MOST_WAITING = 4_000;

  private AuditCost() {}

  /** Microseconds for a record. */
  public static double microseconds() throws Exception {
    Path folder = Files.createTempDirectory("noports-audit");
    EventFileAudit audit = new EventFileAudit(config(folder));
    Semaphore places = new Semaphore(MOST_WAITING);
    try (var following = audit.follow(AuditFilter.ALL, entry -> release(entry.event(), places))) {
      long began = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        places.acquire();
        audit.record(event(i));
      }
      places.acquire(MOST_WAITING);
      return (System.nanoTime() - began) / 1e3 / RECORDS;
    } finally {
      audit.stop();
      remove(folder);
    }
  }

  private static void release(AuditEvent event, Semaphore places) {
    if (event.event().equals("session-ended")) {
      places.release();
    }
  }

  /** As long as those of a session are. */
  private static AuditEvent event(int number) {
    return new AuditEvent(
        Instant.EPOCH,
        "session-ended",
        Map.of(
            "side", "device",
            "session", "803fc0f9-1660-476c-8e58-" + (100_000_000_000L + number),
            "client", "@alice",
            "device", "dev1@device",
            "target", "localhost:22",
            "reason", "the client closed it",
            "connections", "1",
            "bytesSent", "1048576",
            "bytesReceived", Integer.toString(number)));
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

  private static void remove(Path folder) throws IOException {
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
