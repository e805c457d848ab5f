package org.noports.cipher.catalogue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.cipher.catalogue.guard.Kind;

/**
 * The plug-ins of one kind, those of one name best first: ours before a third party's, then the
 * highest service ranking, then the oldest. Written when bundles come and go, read for every
 * session: readers see an immutable list and never wait.
 */
final class Shelf<T> {
  private final Kind<T> kind;
  private final Gate gate;
  private final Supplier<CatalogueSettings> settings;
  private volatile List<Item<T>> items = List.of();

  /** One algorithm's place on the shelf, occupied or not. */
  record Place<T>(Shelf<T> shelf, String algorithm) {
    T plugIn() throws CipherUnavailable {
      return held().plugIn();
    }

    Optional<T> best() {
      return item().map(Item::plugIn);
    }

    Held<T> held() throws CipherUnavailable {
      return item().orElseThrow(() -> new CipherUnavailable(shelf.missing(algorithm))).held();
    }

    private Optional<Item<T>> item() {
      return shelf.items.stream()
          .filter(item -> item.what().name().equals(algorithm))
          .filter(shelf::isOffered)
          .findFirst();
    }
  }

  Shelf(Kind<T> kind, Gate gate, Supplier<CatalogueSettings> settings) {
    this.kind = kind;
    this.gate = gate;
    this.settings = settings;
  }

  Place<T> place(String algorithm) {
    return new Place<>(this, requireNonNull(algorithm, "algorithm is null"));
  }

  /** Takes a plug-in if it is of this kind; one that is refused is kept, to be shown. */
  Optional<Item<T>> add(Registration from) {
    if (!kind.type().isInstance(from.plugIn())) {
      return Optional.empty();
    }
    Optional<PresentAlgorithm> what = from.algorithm(kind.name(), kind.property());
    if (what.isEmpty()) {
      CatalogueLog.nameless(kind.name(), from.origin().toString(), kind.property());
      return Optional.empty();
    }
    Item<T> item = Item.of(from, what.get(), gate, kind);
    put(item);
    return Optional.of(item);
  }

  private synchronized void put(Item<T> item) {
    var changed = new ArrayList<>(items);
    changed.removeIf(other -> other.from().reference().equals(item.from().reference()));
    changed.add(item);
    // A service reference's natural order is ranking, then age: the greatest is the best.
    changed.sort(
        Comparator.<Item<T>, Boolean>comparing(each -> !each.from().origin().ours())
            .thenComparing(each -> each.from().reference(), (one, other) -> other.compareTo(one)));
    items = List.copyOf(changed);
  }

  /** Asks the gate again for what third parties have brought. */
  void admitAgain() {
    items.stream()
        .filter(item -> !item.from().origin().ours())
        .forEach(item -> replace(Item.of(item.from(), item.what(), gate, kind)));
  }

  /** The gate may have taken seconds: what has gone or changed meanwhile stays as it is now. */
  private synchronized void replace(Item<T> item) {
    if (items.stream().anyMatch(other -> other.from() == item.from())) {
      put(item);
    }
  }

  /** From now on they are not here; those of them that were. */
  synchronized List<Item<T>> take(Predicate<Item<?>> which) {
    List<Item<T>> gone = items.stream().filter(which).toList();
    items = items.stream().filter(which.negate()).toList();
    return gone;
  }

  private boolean isOffered(Item<?> item) {
    return why(item).isEmpty();
  }

  /** Why it is not offered, but for a better one of the same name. */
  private Optional<String> why(Item<?> item) {
    return item.refusal()
        .or(() -> gate.quarantined(item.from().origin()))
        .or(() -> settings.get().refusal(item.what()));
  }

  /** What is offered, the preferred first. */
  List<PresentAlgorithm> present() {
    return ranked().stream().filter(this::isOffered).map(Item::what).toList();
  }

  Set<Provider> providers(Predicate<Item<?>> which) {
    return items.stream().filter(which).map(Item::provider).collect(Collectors.toUnmodifiableSet());
  }

  /** Those whose objects sessions may hold. */
  Set<Provider> offered() {
    return items.stream()
        .filter(this::isOffered)
        .map(Item::provider)
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<Item<T>> ranked() {
    CatalogueSettings now = settings.get();
    return items.stream()
        .sorted(
            Comparator.<Item<T>>comparingInt(item -> now.place(item.what().name()))
                .thenComparing(item -> item.what().name()))
        .toList();
  }

  /** All that is here, the preferred first; {@code sessions} says how many use a provider. */
  List<AlgorithmStatus> statuses(ToIntFunction<Provider> sessions) {
    Set<String> names = new HashSet<>();
    List<AlgorithmStatus> statuses = new ArrayList<>();
    for (Item<T> item : ranked()) {
      boolean serves = isOffered(item) && names.add(item.what().name());
      statuses.add(
          new AlgorithmStatus(
              item.what(),
              standing(item, serves),
              why(item).orElse(serves ? "" : "another bundle's of this name comes first"),
              serves ? names.size() : 0,
              sessions.applyAsInt(item.provider())));
    }
    return statuses;
  }

  private Standing standing(Item<T> item, boolean serves) {
    if (serves) {
      return Standing.OFFERED;
    }
    if (gate.quarantined(item.from().origin()).isPresent()) {
      return Standing.QUARANTINED;
    }
    if (item.refusal().isPresent()) {
      return Standing.REFUSED;
    }
    return isOffered(item) ? Standing.SPARE : Standing.DENIED;
  }

  private String missing(String algorithm) {
    Optional<String> why =
        items.stream()
            .filter(item -> item.what().name().equals(algorithm))
            .map(this::why)
            .flatMap(Optional::stream)
            .findFirst();
    String there =
        present().stream().map(PresentAlgorithm::name).distinct().collect(Collectors.joining(", "));
    return "The "
        + kind.name()
        + " algorithm '"
        + algorithm
        + why.map(reason -> "' is here but not offered: " + reason).orElse("' is not present here")
        + " (present: "
        + (there.isEmpty() ? "none" : there)
        + ")"
        + (why.isPresent() ? "" : "; start the bundle that provides it");
  }
}
