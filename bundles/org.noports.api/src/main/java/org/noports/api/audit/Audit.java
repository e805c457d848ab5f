package org.noports.api.audit;

import java.util.Optional;

/** Takes events; keeps them in order and never rewrites one. */
public interface Audit {
  /**
   * Records an event. Returns at once; an event that cannot be kept is reported by the provider's
   * health. Names that begin with {@code audit-} are the provider's own.
   */
  void record(AuditEvent event);

  /**
   * Why events cannot be kept now, in one sentence; empty while they can. Answers at once. Who must
   * not do anything that is not kept asks before.
   */
  default Optional<String> trouble() {
    return Optional.empty();
  }
}
