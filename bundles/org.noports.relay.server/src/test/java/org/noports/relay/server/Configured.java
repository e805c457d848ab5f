package org.noports.relay.server;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A configuration as the component runtime would hand it over: defaults, save what is given. */
final class Configured {
  private Configured() {}

  /** Names and values in turn. */
  static RelayConfig with(Object... namesAndValues) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return (RelayConfig)
        Proxy.newProxyInstance(
            RelayConfig.class.getClassLoader(),
            new Class<?>[] {RelayConfig.class},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
