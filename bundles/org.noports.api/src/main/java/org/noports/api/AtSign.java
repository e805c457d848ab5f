package org.noports.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The name of a person, device or service, such as {@code @alice}: always lower case, always with
 * its leading {@code @}.
 *
 * <p>Normalised as the atProtocol does: trimmed, lower-cased, dots removed. At most 55 characters
 * after the {@code @}; letters, digits, {@code _}, {@code -} and emoji.
 *
 * @param name the canonical text, with the leading {@code @}
 */
public record AtSign(String name) implements Comparable<AtSign> {
  /** Longest atSign without its {@code @}, in characters; the limit of the atProtocol. */
  public static final int MAX_LENGTH = 55;

  private static final String RESERVED = "!*'`();:&=+$,/?#[]{}@\"\\<>|";
  private static final boolean[] BARRED = barred();

  public AtSign {
    requireNonNull(name, "name is null");
    String bare = name.startsWith("@") ? name.substring(1) : "";
    if (bare.isEmpty()
        || bare.length() > MAX_LENGTH
        || hasReserved(bare)
        || bare.indexOf('.') >= 0
        || !bare.equals(bare.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          Quoted.of(name)
              + " is not an atSign: expected '@' and 1 to "
              + MAX_LENGTH
              + " letters, digits, '_' or '-', for example @alice");
    }
  }

  /** Of ASCII: reserved ones, white space and control characters. */
  private static boolean[] barred() {
    boolean[] barred = new boolean[0x80];
    for (char c = 0; c < barred.length; c++) {
      barred[c] = c <= ' ' || c == 0x7f || RESERVED.indexOf(c) >= 0;
    }
    return barred;
  }

  /** A table and a loop, since atSigns are read all the time. */
  private static boolean hasReserved(String bare) {
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c < BARRED.length && BARRED[c]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads what a person or peer wrote: the leading {@code @} is optional, upper case is folded,
   * dots are dropped.
   *
   * @throws IllegalArgumentException with a full sentence, if the text is no atSign
   */
  public static AtSign of(String text) {
    requireNonNull(text, "text is null");
    String folded = text.trim().toLowerCase(Locale.ROOT).replace(".", "");
    return new AtSign(folded.startsWith("@") ? folded : "@" + folded);
  }

  /** The name without its {@code @}, as the atDirectory and key names use it. */
  public String bare() {
    return name.substring(1);
  }

  @Override
  public int compareTo(AtSign other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
