package org.noports.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Reads each configuration of ours before its component does (OSGi Compendium §104.9): takes out
 * what is unknown or wrong, puts the last good value in its place, and says so once.
 */
@Component(property = ConfigurationPlugin.CM_RANKING + ":Integer=500")
public final class ConfigurationGuard
    implements ConfigurationPlugin, ConfigurationListener, HealthCheck {
  private static final String OURS = "org.noports.";

  private final ConfigurationLog log = new ConfigurationLog();
  private final Map<String, List<Finding>> findings = new ConcurrentHashMap<>();
  private final Map<String, Object> lastGood = new ConcurrentHashMap<>();
  private final KnownKeys known;

  @Activate
  public ConfigurationGuard(BundleContext context, @Reference MetaTypeService metaTypes) {
    known = new KnownKeys(context, metaTypes);
  }

  @Override
  public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> all) {
    String pid = text(all, "service.pid").orElse("");
    if (!pid.startsWith(OURS)) {
      return;
    }
    List<Finding> found = new ArrayList<>();
    keys(pid, text(all, "service.factoryPid")).ifPresent(keys -> check(pid, all, keys, found));
    report(pid, found);
  }

  /**
   * The keys of a configuration. A factory whose PID is one configuration's too (the client's) says
   * under {@code PID-NAME} what its many are; Metatype has one description for a PID.
   */
  private Optional<Map<String, AttributeDefinition>> keys(String pid, Optional<String> factory) {
    return factory.isEmpty()
        ? known.of(pid)
        : known.of(factory.get() + "-NAME").or(() -> known.of(factory.get()));
  }

  private void check(
      String pid,
      Dictionary<String, Object> all,
      Map<String, AttributeDefinition> keys,
      List<Finding> found) {
    String file = text(all, "felix.fileinstall.filename").map(FileName::of).orElse(pid);
    for (String key : Collections.list(all.keys())) {
      AttributeDefinition definition = keys.get(key);
      if (definition != null) {
        checkValue(pid, file, all, definition, found);
      } else if (!isFrameworks(key)) {
        all.remove(key);
        found.add(new Finding(file, key, unknown(key, keys)));
      }
    }
  }

  private void checkValue(
      String pid,
      String file,
      Dictionary<String, Object> all,
      AttributeDefinition definition,
      List<Finding> found) {
    String key = definition.getID();
    Object value = all.get(key);
    Optional<String> wrong = ValueCheck.wrong(definition, value);
    if (wrong.isEmpty()) {
      lastGood.put(pid + "/" + key, value);
      return;
    }
    Object before = lastGood.get(pid + "/" + key);
    String instead;
    if (before != null) {
      all.put(key, before);
      instead = "the value before, " + before + ", stays in force";
    } else {
      all.remove(key);
      instead = "its default holds";
    }
    found.add(
        new Finding(file, key, "'" + key + " = " + value + "': " + wrong.get() + "; " + instead));
  }

  private static String unknown(String key, Map<String, AttributeDefinition> keys) {
    String meant =
        NearestName.to(key, keys.keySet()).map(name -> "did you mean '" + name + "'? ").orElse("");
    return "unknown key '"
        + key
        + "' is ignored; "
        + meant
        + "Known keys: "
        + KnownKeys.list(keys.keySet());
  }

  /** Keys that the framework adds to what a file says. */
  private static boolean isFrameworks(String key) {
    return key.startsWith("service.")
        || key.startsWith("felix.fileinstall.")
        || key.startsWith("org.apache.karaf.")
        || key.startsWith("component.")
        || key.startsWith(".");
  }

  private void report(String pid, List<Finding> found) {
    List<Finding> before = findings.put(pid, List.copyOf(found));
    if (!found.equals(before == null ? List.of() : before)) {
      found.forEach(log::found);
      if (found.isEmpty()) {
        log.mended(pid);
      }
    }
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getType() == ConfigurationEvent.CM_DELETED) {
      findings.remove(event.getPid());
      lastGood.keySet().removeIf(key -> key.startsWith(event.getPid() + "/"));
    }
  }

  @Override
  public String component() {
    return "org.noports.configuration";
  }

  @Override
  public Health check() {
    String all =
        findings.values().stream()
            .flatMap(List::stream)
            .map(Finding::toString)
            .sorted()
            .collect(Collectors.joining(" | "));
    return all.isEmpty() ? Health.ok("Every key and value is known") : Health.degraded(all);
  }

  private static Optional<String> text(Dictionary<String, Object> all, String key) {
    return Optional.ofNullable(all.get(key)).map(Object::toString);
  }
}
