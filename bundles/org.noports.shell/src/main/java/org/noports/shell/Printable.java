package org.noports.shell;

/**
 * Text in which peers had a part, for a terminal: no control character reaches it, and none that
 * turns the direction of writing.
 */
final class Printable {
  private Printable() {}

  /** On one line. */
  static String of(String text) {
    return text.codePoints()
        .map(c -> isPlain(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
