package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

/**
 * One algorithm of one bundle, and whether anybody gets it.
 *
 * @param algorithm what it is, from which bundle and version, computed by what
 * @param standing whether it is offered
 * @param why it is not offered; empty if it is
 * @param preference its place among the offered ones of its kind, from 1; 0 if it is not offered
 * @param sessions how many hold something of it now
 */
public record AlgorithmStatus(
    PresentAlgorithm algorithm, Standing standing, String why, int preference, int sessions) {
  /** Whether an algorithm is offered. */
  public enum Standing {
    /** To the next negotiation. */
    OFFERED,
    /** Another bundle's of the same name is; this one takes over when that one leaves. */
    SPARE,
    /** The owner's rules forbid the algorithm. */
    DENIED,
    /** The owner's rules forbid the bundle. */
    REFUSED,
    /** It broke its contract, and is not asked until its bundle is updated. */
    QUARANTINED
  }

  public AlgorithmStatus {
    requireNonNull(algorithm, "algorithm is null");
    requireNonNull(standing, "standing is null");
    requireNonNull(why, "why is null");
  }
}
