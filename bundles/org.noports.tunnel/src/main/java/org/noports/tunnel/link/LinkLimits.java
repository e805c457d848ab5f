package org.noports.tunnel.link;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long and how much, for one link.
 *
 * @param confirmWithin how long the other end may take to prove itself: it may still have to dial
 * @param ratchetBytes clear bytes under one key; far below what AES-GCM allows (2^36 bytes of 64
 *     KiB records), so that a key that leaks opens little
 * @param ratchetAfter the same in time, for links that carry little
 * @param freshAfter age of a root: whoever learned it can read no further than this
 * @param answerWithin how long an offer may stand unanswered before the link is given up
 * @param closeWithin how long the other end may take to answer a close record
 * @param writeLow below this many bytes waiting for the network the link asks for more
 * @param writeHigh above this many it asks to wait; a few records, so that memory stays flat
 */
public record LinkLimits(
    Duration confirmWithin,
    long ratchetBytes,
    Duration ratchetAfter,
    Duration freshAfter,
    Duration answerWithin,
    Duration closeWithin,
    int writeLow,
    int writeHigh) {
  /** No key serves more clear bytes than this and one record: the other end would not have it. */
  public static final long MOST_BYTES = 1L << 30;

  /** What docs/protocol/np2.md names. */
  public static final LinkLimits DEFAULT =
      new LinkLimits(
          Duration.ofSeconds(10),
          MOST_BYTES,
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          256 * 1024,
          512 * 1024);

  public LinkLimits {
    requireNonNull(confirmWithin, "confirmWithin is null");
    requireNonNull(ratchetAfter, "ratchetAfter is null");
    requireNonNull(freshAfter, "freshAfter is null");
    requireNonNull(answerWithin, "answerWithin is null");
    requireNonNull(closeWithin, "closeWithin is null");
    if (ratchetBytes < 1 || ratchetBytes > MOST_BYTES || writeLow < 0 || writeHigh < writeLow) {
      throw new IllegalArgumentException("A link cannot work within these limits");
    }
  }

  /** The same with another ratchet, for tests and for those who trust their cipher less. */
  public LinkLimits ratchetEvery(long bytes, Duration time) {
    return new LinkLimits(
        confirmWithin, bytes, time, freshAfter, answerWithin, closeWithin, writeLow, writeHigh);
  }

  /** The same with another age of roots. */
  public LinkLimits freshEvery(Duration time) {
    return new LinkLimits(
        confirmWithin,
        ratchetBytes,
        ratchetAfter,
        time,
        answerWithin,
        closeWithin,
        writeLow,
        writeHigh);
  }
}
