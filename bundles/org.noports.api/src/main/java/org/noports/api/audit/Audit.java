package org.noports.api.audit;

/** Takes events; keeps them in order and never rewrites one. */
public interface Audit {
  /**
   * Records an event. Returns at once; an event that cannot be kept is reported by the provider's
   * health.
   */
  void record(AuditEvent event);
}
