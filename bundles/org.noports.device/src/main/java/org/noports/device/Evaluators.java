package org.noports.device;

import java.time.Instant;
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
import org.noports.api.policy.fence.Asked;
import org.noports.api.policy.fence.AskedEvaluators;
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

  private final Set<Neighbours.PolicyListener> listeners = ConcurrentHashMap.newKeySet();
  private final Consumer<AuditEvent> audit;
  private final AskedEvaluators present;

  Evaluators(Consumer<AuditEvent> audit) {
    this.audit = audit;
    this.present = new AskedEvaluators(new Fences(new Asking()), this::changed);
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
    present.arrived(broughtBy(properties), name, service);
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
    present.left(service);
    listeners.forEach(Neighbours.PolicyListener::departed);
  }

  /** All that are asked. */
  List<Asked> all() {
    return present.all();
  }

  /** The clients that any evaluator knows by name. */
  List<AtSign> known() {
    return all().stream().flatMap(each -> each.evaluator().known().stream()).distinct().toList();
  }

  /** Whether any evaluator knows {@code client} by name. */
  boolean knows(AtSign client) {
    return all().stream().anyMatch(each -> each.evaluator().knows(client));
  }

  Subscription onPolicy(Neighbours.PolicyListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    listeners.forEach(Neighbours.PolicyListener::changed);
  }

  /** Whom this device must not do without, and who is not there; empty if all are. */
  static Optional<String> missing(List<Asked> present, Set<String> required) {
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
    return present.trouble().map(Health::degraded).orElseGet(this::untroubled);
  }

  private Health untroubled() {
    List<Asked> now = all();
    return now.isEmpty()
        ? Health.degraded("Nobody is let in: no policy evaluator is here; install noports-policy")
        : Health.ok(
            "Asks " + now.stream().map(Asked::name).sorted().collect(Collectors.joining(", ")));
  }
}
