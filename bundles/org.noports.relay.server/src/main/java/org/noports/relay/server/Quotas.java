package org.noports.relay.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.transport.Pace;

/**
 * What one atSign's sessions, and one IP address, may take of the relay in a second. By the
 * settings of the moment: a change goes for running sessions too. Thread-safe.
 */
final class Quotas {
  /** What may come at once after a rest; less would make every exchange wait. */
  private static final long BURST = Duration.ofMillis(250).toNanos();

  private static final long ACCEPT_BURST = Duration.ofSeconds(1).toNanos();

  /** So many addresses are remembered; then those that owe nothing are forgotten. */
  private static final int MANY = 4096;

  /** Of an IPv6 address, what is assigned to one place: RFC 4291 2.5.4. */
  private static final int NETWORK_BYTES = 8;

  private final Supplier<RelaySettings.Limits> limits;
  private final LongSupplier nanoTime;
  private final Map<AtSign, Metered> bandwidth = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Metered> accepts = new ConcurrentHashMap<>();

  Quotas(Supplier<RelaySettings.Limits> limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** How fast the sessions that {@code client} has asked for may be, all together. */
  Pace paceOf(AtSign client) {
    return bytes -> {
      long perSecond = limits.get().bytesPerSecond();
      if (perSecond == 0) {
        return 0;
      }
      long now = nanoTime.getAsLong();
      Metered used = bandwidth.computeIfAbsent(client, name -> new Metered(now));
      return Math.max(0, used.take(bytes, perSecond, now) - BURST);
    };
  }

  /** Whether a socket may come from there. */
  boolean mayCome(SocketAddress from) {
    if (!(from instanceof InetSocketAddress address)) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (accepts.size() >= MANY) {
      accepts.values().removeIf(metered -> metered.isPaid(now));
    }
    return accepts
        .computeIfAbsent(machine(address.getAddress()), name -> new Metered(now))
        .takeOne(limits.get().acceptsPerSecond(), ACCEPT_BURST, now);
  }

  /** One machine has all of an IPv6 network's addresses at its choice. */
  static ByteBuffer machine(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  /** Forgets all that owe nothing; who owes something would ask again to be rid of it. */
  void forgetPaid() {
    long now = nanoTime.getAsLong();
    bandwidth.values().removeIf(metered -> metered.isPaid(now));
  }
}
