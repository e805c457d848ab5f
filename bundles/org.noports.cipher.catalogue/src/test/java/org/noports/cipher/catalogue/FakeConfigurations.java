package org.noports.cipher.catalogue;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** One configuration, as it was written last. */
final class FakeConfigurations {
  final Dictionary<String, Object> written = new Hashtable<>(Map.of("ranking", "x25519"));

  ConfigurationAdmin service() {
    return proxy(
        ConfigurationAdmin.class,
        "getConfiguration",
        arguments -> {
          if (!arguments[0].equals("org.noports.cipher.catalogue")) {
            throw new AssertionError(arguments[0]);
          }
          return configuration();
        });
  }

  private Configuration configuration() {
    return (Configuration)
        Proxy.newProxyInstance(
            Configuration.class.getClassLoader(),
            new Class<?>[] {Configuration.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperties" -> new Hashtable<>(Map.copyOf((Map<?, ?>) written));
                  case "update" -> {
                    ((Hashtable<String, Object>) written).putAll(copy(arguments[0]));
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Object dictionary) {
    return Map.copyOf((Hashtable<String, Object>) dictionary);
  }

  private interface Answer {
    Object of(Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, String only, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> 1;
                  default -> {
                    if (!method.getName().equals(only)) {
                      throw new UnsupportedOperationException(method.getName());
                    }
                    yield answer.of(arguments);
                  }
                }));
  }
}
