package org.noports.client;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ConfigurationInvalid;

/**
 * Reads a configuration through its annotation type, as Declarative Services would.
 *
 * <p>DS cannot be asked here: {@code org.noports.client} names both one configuration and a family
 * of them ({@code org.noports.client-NAME.cfg}), and DS would take the family for more instances of
 * the client.
 */
final class ConfigReader {
  private ConfigReader() {}

  /** A view of {@code properties}, with the type's defaults for what is not there. */
  static <C extends Annotation> C read(Class<C> type, Dictionary<String, ?> properties)
      throws ConfigurationInvalid {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Method key : type.getDeclaredMethods()) {
      Optional<Object> given = Optional.ofNullable(properties.get(key.getName()));
      values.put(
          key.getName(),
          given.isPresent() ? converted(key, given.get().toString()) : key.getDefaultValue());
    }
    values.put("annotationType", type);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> values.get(method.getName())));
  }

  private static Object converted(Method key, String text) throws ConfigurationInvalid {
    String trimmed = text.trim();
    if (key.getReturnType() == int.class) {
      return whole(key.getName(), trimmed);
    }
    if (key.getReturnType() == boolean.class) {
      return flag(key.getName(), trimmed);
    }
    return trimmed;
  }

  private static int whole(String key, String text) throws ConfigurationInvalid {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ConfigurationInvalid(key + " = " + text + " is not a whole number", e);
    }
  }

  private static boolean flag(String key, String text) throws ConfigurationInvalid {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new ConfigurationInvalid(key + " = " + text + " is neither true nor false");
    }
    return Boolean.parseBoolean(text);
  }
}
