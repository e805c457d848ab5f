package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

/**
 * One registration of an algorithm by one bundle. A bundle that was stopped and started again, or
 * updated, is another provider, also if it says the same of itself.
 *
 * @param id unique for each registration in this JVM: the service's id
 * @param algorithm what it is, and from which bundle
 */
public record Provider(long id, PresentAlgorithm algorithm) {
  public Provider {
    requireNonNull(algorithm, "algorithm is null");
  }

  @Override
  public String toString() {
    return algorithm.kind() + " " + algorithm.name() + " by " + algorithm.bundle();
  }
}
