package org.noports.api.audit;

import static java.util.Objects.requireNonNull;

/**
 * An event as it is kept.
 *
 * @param number its place in the chain, from 1; no two of a chain have the same
 * @param event what happened
 * @param line the line of JSON that it is kept as, without its end: what hashes and signatures are
 *     about
 */
public record AuditEntry(long number, AuditEvent event, String line) {
  public AuditEntry {
    requireNonNull(event, "event is null");
    requireNonNull(line, "line is null");
  }
}
