package org.noports.cipher.modern;

import java.security.Security;
import java.util.List;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Says who computes: anybody but the JDK's own providers means a slow data path. */
@Component(immediate = true)
public final class ModernHealth implements HealthCheck {
  private static final List<String> ENGINES =
      List.of(JdkEngine.CIPHERS, JdkEngine.CURVES, JdkEngine.DIGESTS);

  private final List<String> missing;

  @Activate
  public ModernHealth() {
    missing = ENGINES.stream().filter(name -> Security.getProvider(name) == null).toList();
    if (!missing.isEmpty()) {
      ModernLog.otherEngine(missing);
    }
  }

  @Override
  public String component() {
    return ModernLog.NAME;
  }

  @Override
  public Health check() {
    return missing.isEmpty()
        ? Health.ok("Computed by " + String.join(", ", ENGINES))
        : Health.degraded(
            "This JDK lacks " + missing + "; another provider computes, perhaps much slower");
  }
}
