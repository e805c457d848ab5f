package org.noports.policy.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.fence.Asked;
import org.noports.api.policy.fence.AskedEvaluators;
import org.noports.api.policy.fence.Fences;
import org.noports.api.policy.fence.PlugIn;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * Whom this policy service asks; those of third parties stand behind a fence each, so that what
 * goes wrong in them denies and holds up nobody.
 */
final class Evaluators {
  private final AskedEvaluators present;
  private final Runnable changed;

  /**
   * @param quarantined hears of a bundle that is not asked any more, and why
   * @param changed runs when answers may have become others
   */
  Evaluators(BiConsumer<PlugIn, String> quarantined, Runnable changed) {
    this.changed = changed;
    Fences.Owner owner =
        new Fences.Owner() {
          @Override
          public ExecutorService threads(String evaluator) {
            return HostThreads.few("noports-policy-plugin " + evaluator);
          }

          @Override
          public void quarantined(PlugIn bundle, String why) {
            quarantined.accept(bundle, why);
          }
        };
    this.present = new AskedEvaluators(new Fences(owner), changed);
  }

  void arrived(PolicyEvaluator service, Map<String, Object> properties) {
    Object name = properties.getOrDefault(PolicyEvaluator.NAME, "without a name");
    present.arrived(broughtBy(properties), name.toString(), service);
    changed.run();
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
    changed.run();
  }

  /** All that are asked. */
  List<PolicyEvaluator> all() {
    return present.all().stream().map(Asked::evaluator).toList();
  }

  /** What their operator should see to; empty if there is nothing. */
  Optional<String> trouble() {
    return present.trouble();
  }
}
