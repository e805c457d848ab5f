package org.noports.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.noports.api.AtSign;

/**
 * Makes names and values of all shapes that the atProtocol allows, the same ones for a seed. A test
 * that fails says its seed, and so can be run again.
 */
public final class Generator {
  private static final String NAME = "abcdefghijklmnopqrstuvwxyz0123456789_-'*\"";
  private static final String[] BEYOND = {"é", "ß", "東", "🛠", "👩", "ø"};
  private static final String WORD = NAME + "+/=.!~{}[]";

  private final long seed;
  private final Random random;

  public Generator(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public boolean flip() {
    return random.nextBoolean();
  }

  public long whole(long bound) {
    return Math.floorMod(random.nextLong(), bound);
  }

  public AtSign atSign() {
    return AtSign.of("@" + text("abcdefghijklmnopqrstuvwxyz0123456789_-", 1 + below(20), true));
  }

  /** An entity with up to three dots. */
  public String name() {
    StringBuilder name = new StringBuilder(text(NAME, 1 + below(12), true));
    for (int dots = below(4); dots > 0; dots--) {
      name.append('.').append(text(NAME, 1 + below(8), false));
    }
    return name.toString();
  }

  /** What may stand for a metadata's text: no white space, colon or at. */
  public String word() {
    return text(WORD, 1 + below(40), false);
  }

  public Instant time() {
    return Instant.ofEpochMilli(whole(4_000_000_000_000L));
  }

  public <T> List<T> shuffled(List<T> items) {
    List<T> copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** The same text with some letters in upper case. */
  public String anyCase(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(c < 128 && flip() ? Character.toUpperCase(c) : c);
    }
    return out.toString();
  }

  private String text(String alphabet, int length, boolean beyond) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (beyond && below(12) == 0) {
        out.append(BEYOND[below(BEYOND.length)]);
      } else {
        out.append(alphabet.charAt(below(alphabet.length())));
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
