package org.noports.device;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.fence.FencedEvaluator;
import org.noports.api.policy.fence.Fences;
import org.noports.api.policy.fence.PlugIn;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * Whom the devices of this JVM ask, as it is at this moment. Those of third parties stand behind a
 * fence each: what goes wrong in them denies, and holds up nobody.
 */
final class Evaluators {
  private static final String NAMELESS = "without a name";

  private final Map<PolicyEvaluator, Evaluator> present = new ConcurrentHashMap<>();
  private final Set<Neighbours.PolicyListener> listeners = ConcurrentHashMap.newKeySet();
  private final Consumer<AuditEvent> audit;
  private final Fences fences;

  /**
   * Somebody who decides.
   *
   * @param name what logs call it
   * @param service whom to ask
   * @param changes ours at it
   */
  record Evaluator(String name, PolicyEvaluator service, Subscription changes) {}

  Evaluators(Consumer<AuditEvent> audit) {
    this.audit = audit;
    this.fences = new Fences(new Asking());
  }

  private final class Asking implements Fences.Owner {
    @Override
    public ExecutorService threads(String evaluator) {
      return DeviceThreads.few("noports-policy-plugin " + evaluator);
    }

    @Override
    public void quarantined(PlugIn bundle, String why) {
      DeviceLog.quarantined(why);
      Map<String, String> details = new LinkedHashMap<>();
      details.put("bundle", bundle.bundle());
      details.put("version", bundle.version());
      details.put("reason", why);
      audit.accept(new AuditEvent(Instant.now(), "plugin-quarantined", details));
      changed();
    }
  }

  void arrived(PolicyEvaluator service, Map<String, Object> properties) {
    String name = properties.getOrDefault(PolicyEvaluator.NAME, NAMELESS).toString();
    PlugIn bundle = broughtBy(properties);
    PolicyEvaluator asked = bundle.isOurs() ? service : fences.around(bundle, name, service);
    present.put(service, new Evaluator(name, asked, asked.onChange(this::changed)));
    changed();
  }

  /** By the property that the framework sets, and nobody else can. */
  private static PlugIn broughtBy(Map<String, Object> properties) {
    if (!(properties.get(Constants.SERVICE_BUNDLEID) instanceof Long id)) {
      return PlugIn.OURS;
    }
    return Optional.ofNullable(FrameworkUtil.getBundle(Evaluators.class))
        .map(Bundle::getBundleContext)
        .map(framework -> framework.getBundle(id))
        .map(
            bundle ->
                new PlugIn(
                    String.valueOf(bundle.getSymbolicName()),
                    bundle.getVersion().toString(),
                    bundle.getLastModified()))
        .orElseGet(() -> new PlugIn("bundle " + id, "", 0));
  }

  void left(PolicyEvaluator service) {
    Optional.ofNullable(present.remove(service))
        .ifPresent(
            gone -> {
              gone.changes().close();
              if (gone.service() instanceof FencedEvaluator fenced) {
                fenced.close();
              }
            });
    listeners.forEach(Neighbours.PolicyListener::departed);
  }

  /** All that are asked. */
  List<Evaluator> all() {
    return List.copyOf(present.values());
  }

  /** The clients that any evaluator knows by name. */
  List<AtSign> known() {
    return all().stream().flatMap(each -> each.service().known().stream()).distinct().toList();
  }

  /** Whether any evaluator knows {@code client} by name. */
  boolean knows(AtSign client) {
    return all().stream().anyMatch(each -> each.service().knows(client));
  }

  Subscription onPolicy(Neighbours.PolicyListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    listeners.forEach(Neighbours.PolicyListener::changed);
  }

  /** Whom this device must not do without, and who is not there; empty if all are. */
  static Optional<String> missing(List<Evaluator> present, Set<String> required) {
    Set<String> names = new TreeSet<>(required);
    present.forEach(each -> names.remove(each.name()));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "nobody is let in: requireEvaluators of the device names "
                + String.join(", ", names)
                + ", of which no bundle is here");
  }

  /** What is wrong with any of them; else who they are. */
  Health health() {
    List<String> troubles = new ArrayList<>();
    for (Evaluator each : all()) {
      if (each.service() instanceof FencedEvaluator fenced) {
        fenced.trouble().ifPresent(troubles::add);
      }
    }
    if (!troubles.isEmpty()) {
      return Health.degraded(troubles.stream().sorted().collect(Collectors.joining(" | ")));
    }
    return present.isEmpty()
        ? Health.degraded("Nobody is let in: no policy evaluator is here; install noports-policy")
        : Health.ok(
            "Asks "
                + all().stream().map(Evaluator::name).sorted().collect(Collectors.joining(", ")));
  }
}
