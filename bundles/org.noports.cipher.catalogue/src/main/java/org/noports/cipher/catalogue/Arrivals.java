package org.noports.cipher.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.noports.api.Subscription;
import org.noports.api.cipher.Departure.Reason;
import org.noports.cipher.catalogue.plugin.Origin;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Follows the plug-ins: those that come are offered to the next negotiation, those that go are left
 * by all that use them, and so are those that have broken their contract. Tells who listens.
 */
final class Arrivals {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Registration> early = new ArrayList<>();

  /**
   * Those that are being looked at, each arrival by itself; who leaves meanwhile is none of them.
   */
  private final Set<Registration> arriving =
      Collections.newSetFromMap(Collections.synchronizedMap(new IdentityHashMap<>()));

  private boolean begun;
  private final Shelves shelves;
  private final Departures departures;
  private final PlugInRecords records;
  private final Executor work;

  Arrivals(Shelves shelves, Departures departures, PlugInRecords records, Executor work) {
    this.shelves = shelves;
    this.departures = departures;
    this.records = records;
    this.work = work;
  }

  void arrived(ServiceReference<?> reference, Object plugIn) {
    Registration from = Registration.of(reference, plugIn);
    if (!waits(from)) {
      arrived(from);
    }
  }

  private synchronized boolean waits(Registration from) {
    return !begun && early.add(from);
  }

  /**
   * Looks at what the framework has brought before configuration was read: what its owner forbids
   * is not tried. Who comes or goes meanwhile waits.
   */
  synchronized void begin() {
    begun = true;
    early.forEach(this::arrived);
    early.clear();
  }

  private synchronized void forget(ServiceReference<?> reference) {
    early.removeIf(from -> from.reference().equals(reference));
  }

  private void arrived(Registration from) {
    arriving.add(from);
    for (Item<?> item : shelves.add(from)) {
      item.refusal()
          .ifPresentOrElse(
              why -> CatalogueLog.refused(item.what(), why),
              () -> CatalogueLog.arrived(item.what()));
      records.arrived(item);
    }
    changed();
    if (!arriving.remove(from)) {
      // It has tried itself for seconds, perhaps, and its bundle was stopped meanwhile.
      left(from.reference());
    }
  }

  /** With the first of a bundle that stops all of it goes: nothing moves to what is about to go. */
  void left(ServiceReference<?> reference) {
    arriving.removeIf(from -> from.reference().equals(reference));
    forget(reference);
    List<Item<?>> gone =
        new ArrayList<>(shelves.take(item -> item.from().reference().equals(reference)));
    Bundle bundle = reference.getBundle();
    if (bundle != null && bundle.getState() == Bundle.STOPPING) {
      gone.addAll(shelves.take(item -> bundle.equals(item.from().reference().getBundle())));
    }
    if (!gone.isEmpty()) {
      gone.forEach(this::left);
      changed();
      departures.stopped(
          bundle == null ? -1 : bundle.getBundleId(),
          gone.stream().map(Item::provider).collect(Collectors.toUnmodifiableSet()));
    }
  }

  private void left(Item<?> item) {
    CatalogueLog.left(
        item.what(),
        shelves.present().stream()
            .anyMatch(
                other ->
                    other.kind().equals(item.what().kind())
                        && other.name().equals(item.what().name())));
    records.left(item);
  }

  /** In the thread that found it, perhaps an I/O loop: what follows is done by another. */
  void misbehaved(Origin origin, String why) {
    work.execute(
        () -> {
          CatalogueLog.quarantined(why);
          records.quarantined(origin, why);
          changed();
          departures.leave(
              shelves.providers(item -> item.from().origin().equals(origin)), Reason.MISBEHAVED);
        });
  }

  Subscription onChange(Runnable changed) {
    // One of its own for each: the same listener may listen twice.
    Runnable listener = changed::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void changed() {
    listeners.forEach(Runnable::run);
  }
}
