package org.noports.atserver.host.record;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids for notifications that come without one: UUIDs of version 7 (RFC 9562, 5.7), so that what was
 * sent together lies together in the store, where random ids would lie anywhere. None is given
 * twice: this process has drawn a number, and counts. Thread-safe.
 */
public final class NotificationIds {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int COUNT_LOW_BITS = 12;
  private static final int COUNT_HIGH_BITS = 24;
  private static final int DRAWN_BITS = 38;

  private static final long DRAWN =
      new SecureRandom().nextLong() >>> (Long.SIZE - DRAWN_BITS) << COUNT_HIGH_BITS;

  private static final int UUID_LENGTH = 36;
  private static final char VERSION_DIGIT = '7';
  private static final int VERSION_AT = 14;

  private static final AtomicLong COUNT = new AtomicLong();

  private NotificationIds() {}

  /** One that nobody has used. */
  public static String next(Instant now) {
    long count = COUNT.getAndIncrement();
    long low = count & ((1L << COUNT_LOW_BITS) - 1);
    long high = count >>> COUNT_LOW_BITS & ((1L << COUNT_HIGH_BITS) - 1);
    return new UUID(now.toEpochMilli() << 16 | VERSION | low, VARIANT | DRAWN | high).toString();
  }

  /** When an id was made; empty if it says no time, as those that others draw by chance. */
  static Optional<Long> millis(String id) {
    if (id.length() != UUID_LENGTH || id.charAt(VERSION_AT) != VERSION_DIGIT) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(id).getMostSignificantBits() >>> 16);
    } catch (IllegalArgumentException e) {
      // Any word can be an id.
      return Optional.empty();
    }
  }
}
