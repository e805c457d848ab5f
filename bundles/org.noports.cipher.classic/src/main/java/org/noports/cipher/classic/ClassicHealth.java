package org.noports.cipher.classic;

import java.security.Security;
import java.util.List;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Says who computes: anybody but the JDK's own providers means a slow data path. */
@Component(immediate = true)
public final class ClassicHealth implements HealthCheck {
  private final List<String> missing;

  @Activate
  public ClassicHealth() {
    missing =
        List.of(JdkEngine.CIPHERS, JdkEngine.RSA).stream()
            .filter(name -> Security.getProvider(name) == null)
            .toList();
    if (!missing.isEmpty()) {
      ClassicLog.otherEngine(missing);
    }
  }

  @Override
  public String component() {
    return ClassicLog.NAME;
  }

  @Override
  public Health check() {
    return missing.isEmpty()
        ? Health.ok("Computed by " + JdkEngine.CIPHERS + " and " + JdkEngine.RSA)
        : Health.degraded(
            "This JDK lacks " + missing + "; another provider computes, perhaps much slower");
  }
}
