package org.noports.protocol.verb;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times in metadata: {@code 2024-05-01 10:11:12.345Z}, always UTC, always three digits, since one
 * client parses by that exact pattern (docs/protocol/atprotocol.md 0.8).
 */
public final class Timestamp {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private static final int DATE_LENGTH = 10;

  /** The written form, a zero for each digit: almost every text has it, and formatters are slow. */
  private static final String SHAPE = "0000-00-00 00:00:00.000Z";

  private static final int LAST_YEAR = 9999;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Timestamp() {}

  public static String format(Instant time) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > LAST_YEAR) {
      return WRITTEN.format(time);
    }
    char[] text = SHAPE.toCharArray();
    digits(text, 0, 4, utc.getYear());
    digits(text, 5, 2, utc.getMonthValue());
    digits(text, 8, 2, utc.getDayOfMonth());
    digits(text, 11, 2, utc.getHour());
    digits(text, 14, 2, utc.getMinute());
    digits(text, 17, 2, utc.getSecond());
    digits(text, 20, 3, utc.getNano() / NANOS_PER_MILLI);
    return new String(text);
  }

  private static void digits(char[] text, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads the written form, and the same with {@code T} or another number of digits.
   *
   * @throws IllegalArgumentException if the text is no such time
   */
  public static Instant parse(String text) {
    try {
      boolean iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
      String spaced = iso ? text.replace('T', ' ') : text;
      return isAsWritten(spaced) ? written(spaced) : Instant.from(READ.parse(spaced));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time in UTC", e);
    }
  }

  private static boolean isAsWritten(String text) {
    boolean fits = text.length() == SHAPE.length();
    for (int i = 0; fits && i < SHAPE.length(); i++) {
      char c = text.charAt(i);
      fits = SHAPE.charAt(i) == '0' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
    }
    return fits;
  }

  private static Instant written(String text) {
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 2),
            number(text, 8, 2),
            number(text, 11, 2),
            number(text, 14, 2),
            number(text, 17, 2),
            number(text, 20, 3) * NANOS_PER_MILLI)
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int count) {
    return Integer.parseInt(text, from, from + count, 10);
  }
}
