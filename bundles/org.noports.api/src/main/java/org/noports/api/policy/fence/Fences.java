package org.noports.api.policy.fence;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.noports.api.policy.PolicyEvaluator;

/**
 * The fences of one place that asks evaluators, and which bundles are not asked any more there. A
 * bundle that is out denies until it is updated, or uninstalled by its operator; stopping and
 * starting it changes nothing.
 */
public final class Fences {
  private final Owner owner;
  private final Limits limits;
  private final LongSupplier nanos;
  private final Map<String, Entry> out = new ConcurrentHashMap<>();

  private record Entry(long changed, String why) {}

  /** Who asks. */
  public interface Owner {
    /**
     * Threads for one evaluator alone, which its fence shuts down: few, with a bounded queue, and
     * made when they are needed.
     */
    ExecutorService threads(String evaluator);

    /**
     * A bundle is not asked any more. On any thread; must not block.
     *
     * @param why one sentence that names it, and says what to do
     */
    void quarantined(PlugIn bundle, String why);
  }

  public Fences(Owner owner) {
    this(owner, Limits.USUAL, System::nanoTime);
  }

  /** For tests. */
  public Fences(Owner owner, Limits limits, LongSupplier nanos) {
    this.owner = requireNonNull(owner, "owner is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  /**
   * The evaluator behind a fence of its own, to be closed when it goes.
   *
   * @param name its {@link PolicyEvaluator#NAME}
   */
  public FencedEvaluator around(PlugIn bundle, String name, PolicyEvaluator plugIn) {
    return new FencedEvaluator(this, bundle, name, plugIn, owner.threads(name));
  }

  Standing standing(PlugIn bundle) {
    return new Standing(limits, nanos, how -> quarantine(bundle, how));
  }

  Limits limits() {
    return limits;
  }

  private void quarantine(PlugIn bundle, String how) {
    String why =
        bundle
            + " is not asked any more, and denies everybody: "
            + how
            + "; update the bundle, or remove it";
    Entry entry = new Entry(bundle.changed(), why);
    Entry before =
        out.merge(bundle.bundle(), entry, (old, now) -> now.changed() > old.changed() ? now : old);
    if (entry == before) {
      owner.quarantined(bundle, why);
    }
  }

  /** Why a bundle is not asked any more; empty if it is. */
  Optional<String> why(PlugIn bundle) {
    return Optional.ofNullable(out.get(bundle.bundle()))
        .filter(entry -> bundle.changed() <= entry.changed())
        .map(Entry::why);
  }
}
