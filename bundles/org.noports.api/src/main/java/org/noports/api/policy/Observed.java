package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a relay saw of the client, signed and bound to the session.
 *
 * @param pending whether the links do not stand yet, so that it may still be told
 * @param address where the client's socket comes from
 * @param country the country of that address, if the operator has a file that knows
 */
public record Observed(boolean pending, Optional<InetAddress> address, Optional<String> country) {
  /** The links do not stand yet. */
  public static final Observed PENDING = new Observed(true, Optional.empty(), Optional.empty());

  /** The links stand, and the relay told nothing. */
  public static final Observed NOTHING = new Observed(false, Optional.empty(), Optional.empty());

  public Observed {
    requireNonNull(address, "address is null");
    requireNonNull(country, "country is null");
    if (pending && (address.isPresent() || country.isPresent())) {
      throw new IllegalArgumentException("What was observed cannot be pending as well");
    }
  }
}
