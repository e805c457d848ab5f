package org.noports.protocol.verb;

import java.time.DateTimeException;
import java.time.Instant;
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

  private Timestamp() {}

  public static String format(Instant time) {
    return WRITTEN.format(time);
  }

  /**
   * Reads the written form, and the same with {@code T} or another number of digits.
   *
   * @throws IllegalArgumentException if the text is no such time
   */
  public static Instant parse(String text) {
    try {
      boolean iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
      return Instant.from(READ.parse(iso ? text.replace('T', ' ') : text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time in UTC", e);
    }
  }
}
