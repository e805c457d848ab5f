package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Providers that are to be left: they are no longer offered when this is said.
 *
 * @param providers all that go together, so that nothing moves from one of them to another
 * @param reason why
 * @param within after which a session that was not moved is closed
 */
public record Departure(Set<Provider> providers, Reason reason, Duration within) {
  /** Why a provider is to be left. */
  public enum Reason {
    /** Its bundle was stopped, perhaps to be updated: what cannot move may keep what it holds. */
    STOPPED("was stopped"),
    /** Its bundle was uninstalled: nobody keeps anything of it. */
    UNINSTALLED("was uninstalled"),
    /** Not permitted any more: no byte is sent under it from now on. */
    DENIED("is denied"),
    /** It broke its contract: what it computes is not to be believed, so nothing moves. */
    MISBEHAVED("misbehaved");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** Behind a provider's name: {@code was stopped}. */
    public String words() {
      return words;
    }
  }

  public Departure {
    providers = Set.copyOf(providers);
    requireNonNull(reason, "reason is null");
    requireNonNull(within, "within is null");
  }

  /** Whether any of these goes. */
  public boolean takes(Set<Provider> held) {
    return !Collections.disjoint(providers, held);
  }

  /** What happened, in one clause: bundles are stopped, algorithms are denied. */
  @Override
  public String toString() {
    boolean bundles = reason == Reason.STOPPED || reason == Reason.UNINSTALLED;
    return providers.stream()
            .map(Provider::algorithm)
            .map(bundles ? PresentAlgorithm::bundle : PresentAlgorithm::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "))
        + " "
        + reason.words();
  }
}
