package org.noports.tunnel;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.SessionEnd;

/** One end of a session as its tunnel sees it, whatever protects it. */
interface OpenEnd extends SessionEnd {
  /** Ends it once, with a clause that completes "session X ended: "; completes when it is over. */
  CompletionStage<String> end(String reason);

  /** Whose objects it holds now. Any thread. */
  Set<Provider> holds();

  /** Leaves these providers, or is closed; completes soon after {@link Departure#within}. */
  CompletionStage<Fate> leave(Departure departure);
}
