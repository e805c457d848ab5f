package org.noports.testkit.relay;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What is done to one piece of what one end says.
 *
 * @param kind what
 * @param toClient whether to what the device says
 * @param piece which, counted from the first
 * @param random decides what the kind leaves open
 */
record Attack(Kind kind, boolean toClient, int piece, Random random) {
  /** All that a relay could try. */
  enum Kind {
    FLIP,
    DROP,
    DOUBLE,
    REORDER,
    REFLECT,
    SPLICE,
    CUT
  }

  /** Behind preface and confirm record: from here on something always follows. */
  private static final int FIRST = 2;

  private static final int CONFIRM = 1;
  private static final int PIECES = 8;

  /** From here on nothing is done any more. */
  static final int END = FIRST + PIECES;

  /** The attack on session {@code number}: none on the first, then each kind in turn. */
  static Optional<Attack> on(int number, long seed) {
    if (number == 0) {
      return Optional.empty();
    }
    var random = new Random(seed * 1_000_003 + number);
    return Optional.of(
        new Attack(
            Kind.values()[number % Kind.values().length],
            random.nextBoolean(),
            FIRST + random.nextInt(PIECES),
            random));
  }

  /**
   * As {@link #on}, but the second connection, which is a client's, hears a device that does not
   * prove itself.
   */
  static Optional<Attack> fromTheBeginning(int number, long seed) {
    return number == 1
        ? Optional.of(new Attack(Kind.FLIP, true, CONFIRM, new Random(seed)))
        : on(number, seed);
  }

  /**
   * What goes on instead of the piece.
   *
   * @param other the latest piece of the other direction
   * @param earlier the same piece of the session before
   * @return empty if the connection is to be cut in the middle of the piece
   */
  Optional<List<byte[]>> instead(byte[] said, byte[] other, byte[] earlier) {
    return switch (kind) {
      case FLIP -> Optional.of(List.of(flipped(said)));
      case DROP, REORDER -> Optional.of(List.of());
      case DOUBLE -> Optional.of(List.of(said, said));
      case REFLECT -> Optional.of(List.of(other));
      case SPLICE -> Optional.of(List.of(earlier));
      case CUT -> Optional.empty();
    };
  }

  private byte[] flipped(byte[] said) {
    byte[] changed = said.clone();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  @Override
  public String toString() {
    return kind + " of piece " + piece + " for the " + (toClient ? "client" : "device");
  }
}
