package org.noports.policy.rules.imported;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes grants as a book: one rule for all clients that may do the same. */
final class WriteBook {
  private WriteBook() {}

  static String of(String name, List<Grant> grants) {
    Map<Grant, SortedSet<String>> rules = new LinkedHashMap<>();
    for (Grant grant : grants) {
      rules.computeIfAbsent(grant.forNobody(), same -> new TreeSet<>()).add(grant.client());
    }
    StringBuilder book = new StringBuilder("# Imported from " + oneLine(name) + "\nformat: 1\n");
    if (!rules.isEmpty()) {
      book.append("rules:\n");
    }
    int number = 0;
    for (Map.Entry<Grant, SortedSet<String>> rule : rules.entrySet()) {
      number++;
      rule(number, rule.getKey(), rule.getValue(), book);
    }
    return book.toString();
  }

  private static void rule(int number, Grant grant, SortedSet<String> clients, StringBuilder book) {
    book.append("  # ").append(oneLine(grant.from())).append('\n');
    book.append("  - name: imported-").append(number).append('\n');
    book.append("    effect: permit\n");
    book.append("    who: ").append(list(clients)).append('\n');
    book.append("    devices: ").append(list(List.of(grant.devices()))).append('\n');
    if (grant.places().isEmpty()) {
      // Its list was empty: the client is known, and may open nothing.
      book.append("    kinds: [ping]\n");
    } else {
      book.append("    places: ").append(list(grant.places())).append('\n');
    }
    grant.when().ifPresent(when -> book.append("    when: \"").append(when).append("\"\n"));
  }

  private static String list(Collection<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", ", "[", "]"));
  }

  /** A comment ends with its line, whatever somebody called a group. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
