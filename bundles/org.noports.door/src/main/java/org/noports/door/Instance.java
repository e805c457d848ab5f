package org.noports.door;

import java.time.Instant;

/** This instance, as the door's owner sees it. */
interface Instance {
  String name();

  Instant since();

  /** Callers that are served now. */
  int callers();

  /** In words, when it ends by itself. */
  String ends();

  /** From now on it does not end by itself. */
  void stay();

  /** Ends it: the framework stops, in order, on a thread of its own. */
  void end();
}
