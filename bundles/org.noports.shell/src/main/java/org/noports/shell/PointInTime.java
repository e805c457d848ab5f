package org.noports.shell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A moment as people write it: so long ago, or a date, or a time. */
final class PointInTime {
  private PointInTime() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  static Instant of(String text) {
    String plain = text.strip();
    try {
      if (plain.matches("[0-9]{1,9}[smhd]")) {
        return Instant.now().minus(ago(plain));
      }
      return plain.length() <= 10
          ? LocalDate.parse(plain).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(plain).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time: expected 30m, 2h, 7d, 2030-01-01 or 2030-01-01T12:00Z", e);
    }
  }

  private static Duration ago(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
