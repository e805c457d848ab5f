package com.example.hours;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From when to when on which days. Hours that end before they begin go on past midnight, and belong
 * to the day on which they began.
 *
 * @param days on which they begin
 * @param from the first minute
 * @param to the minute after the last; the same as {@code from} for a whole day
 * @param zone whose clock on the wall is meant
 */
record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final String MIDNIGHT = "24:00";

  Hours {
    days = Set.copyOf(days);
  }

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  static Hours of(BusinessHours.Config config) {
    try {
      return new Hours(
          days(config.days()),
          LocalTime.parse(config.from().strip()),
          time(config.to().strip()),
          ZoneId.of(config.zone().strip()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "from, to and zone have to be as in 08:00, 18:00 and Europe/Berlin: " + e.getMessage(),
          e);
    }
  }

  private static LocalTime time(String text) {
    return text.equals(MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }

  private static Set<DayOfWeek> days(String commaList) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String word : commaList.toLowerCase(Locale.ROOT).split(",")) {
      String day = word.strip();
      if (!day.isEmpty()) {
        int number = WEEK.indexOf(day);
        if (number < 0) {
          throw new IllegalArgumentException("'" + day + "' is none of " + WEEK);
        }
        days.add(DayOfWeek.of(number + 1));
      }
    }
    return days;
  }

  boolean areOpen(Instant at) {
    ZonedDateTime there = at.atZone(zone);
    LocalTime time = there.toLocalTime();
    boolean pastMidnight = !from.isBefore(to);
    if (!pastMidnight) {
      return days.contains(there.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    }
    return !time.isBefore(from) && days.contains(there.getDayOfWeek())
        || time.isBefore(to) && days.contains(there.getDayOfWeek().minus(1));
  }

  @Override
  public String toString() {
    return days.isEmpty() ? "never" : from + " to " + to + " " + zone + " on " + names();
  }

  private String names() {
    return Arrays.stream(DayOfWeek.values())
        .filter(days::contains)
        .map(day -> WEEK.get(day.getValue() - 1))
        .collect(Collectors.joining(", "));
  }
}
