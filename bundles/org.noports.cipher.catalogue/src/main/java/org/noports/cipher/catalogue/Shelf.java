package org.noports.cipher.catalogue;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The plug-ins of one kind, best first: the highest service ranking, then the oldest. Written when
 * bundles come and go, read for every session: readers see an immutable list and never wait.
 */
final class Shelf<T> {
  private final String kind;
  private final String property;
  private final Runnable listener;
  private volatile List<Item<T>> items = List.of();

  private record Item<T>(ServiceReference<?> reference, PresentAlgorithm what, T plugIn) {
    Held<T> held() {
      return new Held<>(provider(), plugIn);
    }

    Provider provider() {
      return new Provider((Long) reference.getProperty(Constants.SERVICE_ID), what);
    }
  }

  /** One algorithm's place on the shelf, occupied or not. */
  record Place<T>(Shelf<T> shelf, String algorithm) {
    T plugIn() throws CipherUnavailable {
      return best().orElseThrow(() -> new CipherUnavailable(shelf.missing(algorithm)));
    }

    Optional<T> best() {
      return item().map(Item::plugIn);
    }

    Held<T> held() throws CipherUnavailable {
      return item().orElseThrow(() -> new CipherUnavailable(shelf.missing(algorithm))).held();
    }

    private Optional<Item<T>> item() {
      return shelf.items.stream().filter(item -> item.what.name().equals(algorithm)).findFirst();
    }
  }

  Shelf(String kind, String property, Runnable listener) {
    this.kind = kind;
    this.property = property;
    this.listener = listener;
  }

  Place<T> place(String algorithm) {
    return new Place<>(this, requireNonNull(algorithm, "algorithm is null"));
  }

  void add(ServiceReference<?> reference, T plugIn) {
    put(reference, plugIn);
    listener.run();
  }

  private synchronized void put(ServiceReference<?> reference, T plugIn) {
    if (!(reference.getProperty(property) instanceof String name)) {
      CatalogueLog.nameless(kind, bundle(reference), property);
      return;
    }
    String engine =
        reference.getProperty(PresentAlgorithm.ENGINE) instanceof String said ? said : "its own";
    var what = new PresentAlgorithm(kind, name, bundle(reference), engine);
    var changed = without(reference);
    changed.add(new Item<>(reference, what, plugIn));
    // A service reference's natural order is ranking, then age: the greatest is the best.
    changed.sort(Comparator.comparing(Item<T>::reference, Shelf::bestFirst));
    items = List.copyOf(changed);
    CatalogueLog.arrived(what);
  }

  private static int bestFirst(ServiceReference<?> one, ServiceReference<?> other) {
    return other.compareTo(one);
  }

  /** From now on it is not offered; empty if it was not here. */
  Set<Provider> take(ServiceReference<?> reference) {
    return take(item -> item.reference.equals(reference));
  }

  /** The same for all that a bundle brought. */
  Set<Provider> takeAll(Bundle bundle) {
    return take(item -> bundle.equals(item.reference.getBundle()));
  }

  private synchronized Set<Provider> take(Predicate<Item<T>> which) {
    List<Item<T>> gone = items.stream().filter(which).toList();
    items = items.stream().filter(which.negate()).toList();
    gone.forEach(item -> CatalogueLog.left(item.what, place(item.what.name()).best().isPresent()));
    return gone.stream().map(Item::provider).collect(Collectors.toUnmodifiableSet());
  }

  private List<Item<T>> without(ServiceReference<?> reference) {
    var others = new ArrayList<>(items);
    others.removeIf(item -> item.reference.equals(reference));
    return others;
  }

  List<PresentAlgorithm> present() {
    return items.stream().map(Item::what).toList();
  }

  private String missing(String algorithm) {
    String there =
        present().stream().map(PresentAlgorithm::name).distinct().collect(Collectors.joining(", "));
    return "The "
        + kind
        + " algorithm '"
        + algorithm
        + "' is not present here (present: "
        + (there.isEmpty() ? "none" : there)
        + "); start the bundle that provides it";
  }

  private static String bundle(ServiceReference<?> reference) {
    var bundle = reference.getBundle();
    return bundle == null ? "unknown" : bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
