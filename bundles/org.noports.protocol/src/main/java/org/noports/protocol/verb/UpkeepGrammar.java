package org.noports.protocol.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the verbs by which a client keeps up with its atServer: {@code sync} and {@code stats}. */
final class UpkeepGrammar {
  private static final int MOST_IDS = 64;

  private UpkeepGrammar() {}

  /** Only the form with {@code from} has ever had an answer. */
  static Verb sync(Cursor rest) throws VerbFailure {
    if (!rest.peek().equalsIgnoreCase("from")) {
      throw VerbFailure.syntax("invalid command");
    }
    String after =
        rest.parameter("from")
            .orElseThrow(() -> VerbFailure.syntax("Invalid syntax. Expected sync:from:commit"));
    Optional<Long> limit = Optional.empty();
    Optional<Long> skip = Optional.empty();
    for (boolean more = true; more; ) {
      Optional<String> most = rest.parameter("limit");
      Optional<String> until = rest.parameter("skipDeletesUntil");
      if (most.isPresent()) {
        limit = Optional.of(VerbReader.number("limit", most.get()));
      }
      if (until.isPresent()) {
        skip = Optional.of(VerbReader.number("skipDeletesUntil", until.get()));
      }
      more = most.isPresent() || until.isPresent();
    }
    long from = after.equals("-1") ? -1 : VerbReader.number("from", after);
    return new Sync(from, limit, skip, regex(rest));
  }

  static Verb stats(Cursor rest) throws VerbFailure {
    List<Integer> ids = new ArrayList<>();
    String numbers = rest.peek();
    if (!numbers.isEmpty()) {
      rest.take(numbers);
      for (String number : numbers.split(",", MOST_IDS)) {
        ids.add((int) Math.min(Integer.MAX_VALUE, VerbReader.number("statistic", number)));
      }
    }
    return new Stats(ids.stream().distinct().toList(), regex(rest));
  }

  private static Optional<String> regex(Cursor rest) throws VerbFailure {
    String text = rest.atEnd() ? "" : rest.rest();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
