package org.noports.api.access;

import java.util.regex.Pattern;

/**
 * One line that a person reads on a terminal, or in a log, and a peer wrote. Guarantees that it
 * steers nothing: neither the terminal, nor the direction of what stands beside it.
 */
public final class PlainLine {
  private static final Pattern PLAIN = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]*");

  private PlainLine() {}

  /**
   * Whether {@code text} is one; it may be empty.
   *
   * @param most the longest that is one, in characters
   */
  public static boolean fits(String text, int most) {
    return text.length() <= most && PLAIN.matcher(text).matches();
  }
}
