package org.noports.tunnel;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;

/** What a link can be offered now, by the plug-ins themselves. */
record HeldSuites(Suites suites) {
  /** Best first, without these. */
  Stream<SuiteAlgorithms> except(Set<Suite> some, Set<Provider> gone) {
    return suites.usable().stream()
        .filter(suite -> !some.contains(suite))
        .flatMap(suite -> held(suite).stream())
        .filter(found -> Collections.disjoint(found.providers(), gone));
  }

  private Optional<SuiteAlgorithms> held(Suite suite) {
    try {
      Optional<SuiteAlgorithms> handles = suites.algorithms(suite);
      return handles.isPresent() ? Optional.of(handles.get().held()) : Optional.empty();
    } catch (CipherUnavailable e) {
      // It has gone since it was listed.
      return Optional.empty();
    }
  }
}
