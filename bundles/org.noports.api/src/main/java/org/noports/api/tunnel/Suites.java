package org.noports.api.tunnel;

import java.util.List;
import java.util.Optional;
import org.noports.api.Subscription;

/**
 * Which suites a running session may use: what both ends agreed to at the handshake, as far as it
 * is present here and still permitted. Thread-safe; never blocks.
 */
public interface Suites {
  /** Best first; changes as cipher bundles come and go. */
  List<Suite> usable();

  /** What computes {@code suite}, if it is among the {@link #usable}. */
  Optional<SuiteAlgorithms> algorithms(Suite suite);

  /**
   * Whether any of them may be computed by a third party's plug-in, so that a record may wait for
   * up to a second: a session of such suites must keep no other session waiting. Never changes.
   */
  default boolean foreign() {
    return false;
  }

  /**
   * Calls {@code changed} whenever a cipher bundle has come or gone, in a thread that must not be
   * blocked: a session then agrees on fresh keys, under the best suite that is usable now
   * (docs/protocol/np2.md 8).
   */
  default Subscription onChange(Runnable changed) {
    return () -> {};
  }
}
