package org.noports.tunnel.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to change what is said piece by piece, at its first piece; never to the same. */
public final class Tampering {
  private final Random random;
  private Way last = Way.BITS;

  private enum Way {
    BITS,
    LEFT_OUT,
    PUT_IN,
    CUT,
    DROPPED,
    DOUBLED,
    SWAPPED,
    SPLICED
  }

  /** Changes as {@code random} says. */
  public Tampering(Random random) {
    this.random = random;
  }

  /** Each of its bits for itself, then any other value. */
  public byte[] ofByte(byte[] said, int at, int round) {
    byte[] changed = said.clone();
    changed[at] ^= (byte) (round < 8 ? 1 << round : 1 + random.nextInt(255));
    return changed;
  }

  /**
   * Any way that changes what the hearing end must see.
   *
   * @param elsewhere the first piece as it is in another session
   */
  public byte[] any(List<byte[]> pieces, byte[] elsewhere) {
    byte[] said = join(pieces);
    while (true) {
      last = Way.values()[random.nextInt(Way.values().length)];
      byte[] changed = changed(pieces, elsewhere, said);
      // What comes behind a close record is not heard any more; nothing at all is no link.
      if (!startsWith(changed, said) && changed.length > 0) {
        return changed;
      }
    }
  }

  private static boolean startsWith(byte[] all, byte[] start) {
    return all.length >= start.length
        && Arrays.equals(all, 0, start.length, start, 0, start.length);
  }

  private byte[] changed(List<byte[]> all, byte[] elsewhere, byte[] said) {
    int length = all.get(0).length;
    int at = random.nextInt(length);
    int count = 1 + random.nextInt(8);
    List<byte[]> pieces = new ArrayList<>(all);
    switch (last) {
      case BITS -> {
        byte[] changed = said.clone();
        for (int i = 0; i < count; i++) {
          changed[random.nextInt(said.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
      }
      case LEFT_OUT -> {
        return join(said, at, new byte[0], Math.min(said.length, at + count));
      }
      case PUT_IN -> {
        byte[] more = new byte[count];
        random.nextBytes(more);
        return join(said, at, more, at);
      }
      case CUT -> {
        return Arrays.copyOf(said, random.nextInt(said.length));
      }
      case DROPPED -> pieces.remove(0);
      case DOUBLED -> pieces.add(0, pieces.get(0));
      case SWAPPED -> pieces.add(0, pieces.remove(Math.min(1, pieces.size() - 1)));
      case SPLICED -> pieces.set(0, elsewhere);
    }
    return join(pieces);
  }

  /** One behind the other. */
  public static byte[] join(List<byte[]> pieces) {
    byte[] all = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  /** The first bytes, then {@code middle}, then the rest from {@code after} on. */
  private static byte[] join(byte[] all, int first, byte[] middle, int after) {
    int tail = first == all.length ? 0 : all.length - after;
    byte[] joined = new byte[first + middle.length + tail];
    System.arraycopy(all, 0, joined, 0, first);
    System.arraycopy(middle, 0, joined, first, middle.length);
    System.arraycopy(all, all.length - tail, joined, first + middle.length, tail);
    return joined;
  }

  @Override
  public String toString() {
    return last.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
