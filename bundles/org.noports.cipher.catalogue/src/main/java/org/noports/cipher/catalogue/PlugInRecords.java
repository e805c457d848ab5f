package org.noports.cipher.catalogue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.cipher.catalogue.plugin.Origin;
import org.osgi.framework.Bundle;

/**
 * Has each arrival and departure of an algorithm kept, with the SHA-256 of the bundle that brings
 * it. What comes before there is anybody who keeps it waits.
 */
final class PlugInRecords {
  /** More than all that comes with NoPorts. */
  private static final int MOST_WAITING = 200;

  private final Executor work;
  private final Supplier<Optional<Audit>> audit;
  private final Digests digests = new Digests();
  private final Queue<AuditEvent> waiting = new ArrayDeque<>();

  PlugInRecords(Executor work, Supplier<Optional<Audit>> audit) {
    this.work = work;
    this.audit = audit;
  }

  void arrived(Item<?> item) {
    Instant now = Instant.now();
    Optional<Bundle> bundle = item.from().bundle();
    work.execute(
        () -> {
          Map<String, String> details = details(item, bundle);
          details.put("offered", Boolean.toString(item.refusal().isEmpty()));
          item.refusal().ifPresent(why -> details.put("reason", why));
          keep(new AuditEvent(now, "algorithm-arrived", details));
        });
  }

  void left(Item<?> item) {
    Instant now = Instant.now();
    Optional<Bundle> bundle = item.from().bundle();
    work.execute(() -> keep(new AuditEvent(now, "algorithm-left", details(item, bundle))));
  }

  void quarantined(Origin origin, String why) {
    Instant now = Instant.now();
    work.execute(
        () -> {
          Map<String, String> details = new LinkedHashMap<>();
          details.put("bundle", origin.name());
          details.put("version", origin.version());
          details.put("sha256", digests.of(origin));
          details.put("reason", why);
          keep(new AuditEvent(now, "plugin-quarantined", details));
        });
  }

  /** Somebody keeps events from now on. */
  void flush() {
    work.execute(
        () -> {
          while (audit.get().isPresent() && !waiting.isEmpty()) {
            keep(waiting.remove());
          }
        });
  }

  private Map<String, String> details(Item<?> item, Optional<Bundle> bundle) {
    Origin origin = item.from().origin();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("kind", item.what().kind());
    details.put("algorithm", item.what().name());
    details.put("bundle", origin.name());
    details.put("version", origin.version());
    details.put("sha256", digests.of(origin, bundle));
    details.put("engine", item.what().engine());
    return details;
  }

  /** On the catalogue's thread only. */
  private void keep(AuditEvent event) {
    Optional<Audit> keeper = audit.get();
    if (keeper.isPresent()) {
      keeper.get().record(event);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(event);
    }
  }
}
