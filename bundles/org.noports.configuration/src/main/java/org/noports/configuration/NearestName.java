package org.noports.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of the known names somebody who wrote another one probably meant. */
final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits, if these are at most a third of the name's length. */
  static Optional<String> to(String written, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(written, name)))
        .filter(name -> edits(written, name) <= Math.max(2, name.length() / 3));
  }

  /** Levenshtein's distance, upper and lower case and separators folded. */
  private static int edits(String one, String other) {
    String a = folded(one);
    String b = folded(other);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substituted, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }
}
