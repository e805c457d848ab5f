package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

/**
 * Free text inside a command: a newline in it would begin a second command, in the name of who
 * sends the first.
 */
final class OneLine {
  private OneLine() {}

  /** Returns {@code text}, which is an illegal argument if it has a line break. */
  static String of(String text) {
    requireNonNull(text, "text is null");
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("A command is one line");
    }
    return text;
  }
}
