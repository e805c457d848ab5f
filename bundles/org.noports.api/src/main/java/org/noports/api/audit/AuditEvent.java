package org.noports.api.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that happened.
 *
 * @param at when
 * @param event its stable name, such as {@code session-admitted}
 * @param details names and values for people and programs, in order; never a secret
 */
public record AuditEvent(Instant at, String event, Map<String, String> details) {
  public AuditEvent {
    requireNonNull(at, "at is null");
    requireNonNull(event, "event is null");
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
