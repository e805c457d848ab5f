package org.noports.cipher.pq;

import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.component.annotations.Component;

/** Says what this bundle offers; it needs nobody, so it is well while it is there. */
@Component(immediate = true)
public final class PqHealth implements HealthCheck {
  private static final String NAME = "org.noports.cipher.pq";

  @Override
  public String component() {
    return NAME;
  }

  @Override
  public Health check() {
    return Health.ok(
        "X-Wing and ML-KEM-1024, computed by "
            + MlKemEngine.best()
            + "; ML-DSA-65, computed by BouncyCastle");
  }
}
