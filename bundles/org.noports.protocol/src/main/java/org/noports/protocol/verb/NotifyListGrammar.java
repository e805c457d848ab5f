package org.noports.protocol.verb;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code notify:list}: up to two days, then what a key must contain. */
final class NotifyListGrammar {
  /** What looks like a day is one, and wrong if there is no such day. */
  private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{0,2})-(\\d{0,2})");

  private NotifyListGrammar() {}

  static Verb read(Cursor rest) throws VerbFailure {
    Optional<LocalDate> from = day(rest);
    Optional<LocalDate> to = from.isPresent() ? day(rest) : Optional.empty();
    if (to.isPresent() && to.get().isBefore(from.get())) {
      throw new VerbFailure(ErrorCode.ILLEGAL_ARGUMENTS, "ToDate cannot be less than FromDate");
    }
    String regex = rest.atEnd() ? "" : rest.rest();
    return new NotifyList(from, to, regex.isEmpty() ? Optional.empty() : Optional.of(regex));
  }

  private static Optional<LocalDate> day(Cursor rest) throws VerbFailure {
    String word = rest.peek();
    Matcher parts = DAY.matcher(word);
    if (!parts.matches()) {
      return Optional.empty();
    }
    rest.take(word);
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3))));
    } catch (DateTimeException | NumberFormatException e) {
      throw new VerbFailure(ErrorCode.ILLEGAL_ARGUMENTS, "Invalid date format");
    }
  }
}
