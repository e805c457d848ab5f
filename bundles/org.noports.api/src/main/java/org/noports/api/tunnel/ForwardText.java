package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Takes apart what a person writes for a forward: where to listen, and where to. */
final class ForwardText {
  private ForwardText() {}

  /** The text before and behind the colon between both; a target has two parts. */
  static String[] split(String text, String what, String example) {
    String trimmed = requireNonNull(text, "text is null").trim();
    List<Integer> colons = colons(trimmed);
    if (colons.size() < 2 || colons.size() > 3) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "'"
              + " is not "
              + what
              + ": expected where to listen, then where to, for example "
              + example);
    }
    int at = colons.get(colons.size() - 2);
    return new String[] {trimmed.substring(0, at), trimmed.substring(at + 1)};
  }

  /** Whether the text names a target behind the address, which has one colon at most. */
  static boolean namesTarget(String text) {
    return colons(text).size() > 1;
  }

  /** Where colons stand outside of brackets, which are around IPv6 addresses. */
  private static List<Integer> colons(String text) {
    List<Integer> found = new ArrayList<>();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ':' && depth == 0) {
        found.add(i);
      }
    }
    return found;
  }
}
