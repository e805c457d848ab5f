package org.noports.api;

/**
 * What somebody wrote, for a message about it: short, on one line, without characters that steer a
 * terminal or turn the direction of writing.
 */
final class Quoted {
  private static final int MOST = 80;

  private Quoted() {}

  static String of(String text) {
    int end = text.codePointCount(0, text.length()) <= MOST ? text.length() : cut(text);
    StringBuilder shown = new StringBuilder("'");
    text.substring(0, end)
        .codePoints()
        .map(c -> isPlain(c) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.append(end < text.length() ? "…'" : "'").toString();
  }

  static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int cut(String text) {
    return text.offsetByCodePoints(0, MOST);
  }
}
