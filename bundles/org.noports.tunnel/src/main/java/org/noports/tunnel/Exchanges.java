package org.noports.tunnel;

import org.noports.api.tunnel.SuiteAlgorithms;

/** What a link does about its keys. */
interface Exchanges {
  /** What computes now. */
  SuiteAlgorithms inUse();

  /**
   * Whether nothing can be offered at this moment; {@link LinkSuites#goOn} is called when that is
   * over.
   */
  boolean busy();

  void offer(SuiteAlgorithms algorithms);

  /** Offers it without another record under what there is. */
  void leave(SuiteAlgorithms algorithms);
}
