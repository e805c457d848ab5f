package org.noports.cipher.catalogue;

import java.util.Optional;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.cipher.catalogue.guard.Kind;
import org.osgi.framework.Constants;

/**
 * What stands on a {@link Shelf}.
 *
 * @param from who brought it
 * @param what it is
 * @param plugIn as sessions get it: fenced in, if a third party wrote it
 * @param refusal why nobody gets it; empty if its bundle may bring algorithms and it passed its
 *     test
 */
record Item<T>(Registration from, PresentAlgorithm what, T plugIn, Optional<String> refusal) {
  /** Asks the gate. */
  static <T> Item<T> of(Registration from, PresentAlgorithm what, Gate gate, Kind<T> kind) {
    Gate.Admitted<T> admitted = gate.admit(kind, from, what, kind.type().cast(from.plugIn()));
    return new Item<>(from, what, admitted.plugIn(), admitted.refusal());
  }

  Held<T> held() {
    return new Held<>(provider(), plugIn);
  }

  Provider provider() {
    return new Provider((Long) from.reference().getProperty(Constants.SERVICE_ID), what);
  }
}
