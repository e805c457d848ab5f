package org.noports.ssh;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The configuration's defaults, with some keys set. */
final class TestConfiguration {
  private TestConfiguration() {}

  static SshServerConfig of(Map<String, Object> set) {
    return (SshServerConfig)
        Proxy.newProxyInstance(
            TestConfiguration.class.getClassLoader(),
            new Class<?>[] {SshServerConfig.class},
            (self, method, args) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
