package org.noports.policy.rules.book;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.noports.api.AtSign;

/** How names are written in a book: exactly, so that a slip is told and not guessed at. */
final class Names {
  private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,63}");

  private Names() {}

  /** The name of a group or rule. */
  static String group(String text) {
    if (!GROUP.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name: expected 1 to 64 letters, digits, '_', '-' or '.'");
    }
    return text;
  }

  static AtSign atSign(String text) {
    if (!text.startsWith("@")) {
      throw new IllegalArgumentException("'" + text + "' is no atSign: it has no '@' in front");
    }
    return AtSign.of(text);
  }

  /** A constant by its name in lower case with dashes. */
  static <E extends Enum<E>> E word(Class<E> family, String text) {
    for (E constant : family.getEnumConstants()) {
      if (of(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is none of "
            + Arrays.stream(family.getEnumConstants()).map(Names::of).toList());
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }
    return text.equals("true");
  }
}
