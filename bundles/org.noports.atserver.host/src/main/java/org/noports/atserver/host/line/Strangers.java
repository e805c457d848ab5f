package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.noports.transport.LineGate;

/**
 * How many connections that have not shown who they are each address has: one address may not take
 * the places of all. Up to the limit they are served, up to twice of it they are told, and beyond
 * they do not get as far as TLS. Thread-safe.
 *
 * <p>An IPv6 address counts with its network of 64 bits: that much everybody is given.
 */
public final class Strangers implements LineGate {
  private static final int TOLD = 2;
  private static final int NETWORK_BYTES = 8;

  private final IntSupplier limit;
  private final Map<Origin, Integer> present = new ConcurrentHashMap<>();

  /** An address or network; a record so that equal bytes are equal. */
  private record Origin(String bytes) {
    static Origin of(InetAddress address) {
      byte[] all = address.getAddress();
      boolean network = address instanceof Inet6Address;
      return new Origin(Arrays.toString(network ? Arrays.copyOf(all, NETWORK_BYTES) : all));
    }
  }

  public Strangers(IntSupplier limit) {
    this.limit = requireNonNull(limit, "limit is null");
  }

  @Override
  public Optional<Runnable> enter(InetAddress from) {
    Origin origin = Origin.of(from);
    if (present.merge(origin, 1, Integer::sum) > (long) limit.getAsInt() * TOLD) {
      leave(origin);
      return Optional.empty();
    }
    return Optional.of(() -> leave(origin));
  }

  private void leave(Origin origin) {
    present.computeIfPresent(origin, (known, count) -> count == 1 ? null : count - 1);
  }

  /** Whether an address has more than its share; one that has just entered counts. */
  boolean tooMany(InetAddress from) {
    return present.getOrDefault(Origin.of(from), 0) > limit.getAsInt();
  }
}
