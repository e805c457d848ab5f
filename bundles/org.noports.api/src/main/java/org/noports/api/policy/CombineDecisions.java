package org.noports.api.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes one decision of those of several evaluators: a no of any is a no; whoever waits makes all
 * wait; else one yes at least is needed. The order in which they are given says nothing.
 *
 * <p>Of several that permit, the client may go where any of them lets it, has the obligations of
 * all, and all are asked again when the first of them says so. An evaluator that failed or was
 * silent is a {@link Decision.Deny#undecided}, which its caller makes; the rules' own no is told
 * rather than that one.
 */
public final class CombineDecisions {
  /** In place of a rule, if nobody permits. */
  public static final String DEFAULT_DENY = "default-deny";

  private CombineDecisions() {}

  /** The one decision; of none, a no. */
  public static Decision of(Collection<? extends Decision> several) {
    List<Decision> all = new ArrayList<>(several);
    all.sort(Comparator.comparing(Decision::rule).thenComparing(Decision::revision));
    return decided(all)
        .or(() -> first(all, Decision.Deny.class))
        .or(() -> first(all, Decision.Later.class))
        .or(() -> permit(all))
        .or(() -> first(all, Decision.Abstain.class))
        .orElseGet(() -> new Decision.Abstain(DEFAULT_DENY, "no policy evaluator is there"));
  }

  private static Optional<Decision> decided(List<Decision> all) {
    return all.stream()
        .filter(each -> each instanceof Decision.Deny no && !no.undecided())
        .findFirst();
  }

  private static Optional<Decision> first(List<Decision> all, Class<? extends Decision> kind) {
    return all.stream().filter(kind::isInstance).findFirst();
  }

  private static Optional<Decision> permit(List<Decision> all) {
    List<Decision.Permit> yes =
        all.stream()
            .filter(Decision.Permit.class::isInstance)
            .map(Decision.Permit.class::cast)
            .toList();
    if (yes.size() < 2) {
      return yes.stream().findFirst().map(Function.identity());
    }
    Stream<Instant> until = yes.stream().map(Decision.Permit::until).flatMap(Optional::stream);
    return Optional.of(
        new Decision.Permit(
            yes.get(0).rule(),
            yes.stream().flatMap(permit -> permit.permitOpen().stream()).distinct().toList(),
            Obligations.all(yes.stream().map(Decision.Permit::obligations).toList()),
            yes.get(0).revision(),
            until.min(Comparator.naturalOrder())));
  }
}
