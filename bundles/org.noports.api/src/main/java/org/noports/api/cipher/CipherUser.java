package org.noports.api.cipher;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Has sessions that hold what providers have made, and leaves them when they go: the other half of
 * {@link CipherCatalogue}. A whiteboard service: the catalogue calls all that are registered.
 */
@ConsumerType
public interface CipherUser {
  /** How many sessions hold something of each provider now; those that nobody uses are left out. */
  Map<Provider, Integer> usage();

  /**
   * Has each session that holds something of these providers leave them, and says what became of
   * how many. Each session is audited by itself.
   *
   * <p>Returns at once. The stage never fails, and is complete soon after {@link Departure#within},
   * also if peers do not answer; the caller, who stops a bundle, may wait for it, holding no lock.
   * Called on an event loop of the user it is complete at once with nothing counted, and the
   * sessions leave without being waited for.
   */
  CompletionStage<Outcome> leave(Departure departure);

  /**
   * What became of the sessions that held something.
   *
   * @param moved both directions run under another suite, and the old objects are closed; or they
   *     had no link any more, and get the next one without these providers
   * @param drained they keep what they hold until they end, and open no new link with it
   * @param closed ended, by {@link org.noports.api.CipherUnavailable} or what the reason calls for
   */
  record Outcome(int moved, int drained, int closed) {
    /** Nobody held anything. */
    public static final Outcome NOTHING = new Outcome(0, 0, 0);

    /** Both together. */
    public Outcome and(Outcome other) {
      return new Outcome(moved + other.moved, drained + other.drained, closed + other.closed);
    }

    @Override
    public String toString() {
      return moved + " sessions moved, " + drained + " draining, " + closed + " closed";
    }
  }
}
