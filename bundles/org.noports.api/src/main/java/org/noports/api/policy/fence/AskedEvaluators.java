package org.noports.api.policy.fence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.noports.api.Subscription;
import org.noports.api.policy.PolicyEvaluator;

/**
 * Whom one place asks at this moment; those of third parties stand behind a fence each.
 *
 * <p>They are told apart as objects: who arrives is asked until that same object leaves, also if
 * its equal leaves meanwhile, as one does that an update replaces. What a plug-in says it equals is
 * code of its own, which runs on none of our threads. Thread-safe.
 */
public final class AskedEvaluators {
  private final Fences fences;
  private final Runnable changed;
  private final List<Present> present = new CopyOnWriteArrayList<>();

  private record Present(PolicyEvaluator service, Asked asked, Subscription changes) {}

  /**
   * @param fences for those of third parties
   * @param changed runs when an evaluator says that its answers may be others; on any thread
   */
  public AskedEvaluators(Fences fences, Runnable changed) {
    this.fences = requireNonNull(fences, "fences is null");
    this.changed = requireNonNull(changed, "changed is null");
  }

  /**
   * An evaluator is there, and is asked from now on.
   *
   * @param bundle that brings it
   * @param name its {@link PolicyEvaluator#NAME}
   */
  public void arrived(PlugIn bundle, String name, PolicyEvaluator service) {
    PolicyEvaluator asked = bundle.isOurs() ? service : fences.around(bundle, name, service);
    present.add(new Present(service, new Asked(name, asked), asked.onChange(changed)));
  }

  /** An evaluator has gone; one that was not there changes nothing. */
  public void left(PolicyEvaluator service) {
    Optional<Present> found = take(service);
    if (found.isPresent()) {
      found.get().changes().close();
      if (found.get().asked().evaluator() instanceof FencedEvaluator fenced) {
        fenced.close();
      }
    }
  }

  private synchronized Optional<Present> take(PolicyEvaluator service) {
    for (int i = 0; i < present.size(); i++) {
      if (present.get(i).service() == service) {
        return Optional.of(present.remove(i));
      }
    }
    return Optional.empty();
  }

  /** All that are asked. */
  public List<Asked> all() {
    return present.stream().map(Present::asked).toList();
  }

  /** What their operator should see to; empty if there is nothing. */
  public Optional<String> trouble() {
    String all =
        all().stream()
            .map(Asked::evaluator)
            .filter(FencedEvaluator.class::isInstance)
            .flatMap(each -> ((FencedEvaluator) each).trouble().stream())
            .sorted()
            .collect(Collectors.joining(" | "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
