package org.noports.api.tunnel;

import java.util.List;
import java.util.Optional;

/**
 * Which suites a running session may use: what both ends agreed to at the handshake, as far as it
 * is present here and still permitted. Thread-safe; never blocks.
 */
public interface Suites {
  /** Best first; changes as cipher bundles come and go. */
  List<Suite> usable();

  /** What computes {@code suite}, if it is among the {@link #usable}. */
  Optional<SuiteAlgorithms> algorithms(Suite suite);
}
