package org.noports.api.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;

/**
 * What somebody wants for a time.
 *
 * @param id made by the client, different each time: 32 hexadecimal digits
 * @param client who wants it
 * @param device at which device
 * @param target where to, from there on: one place, a service or a host by its name or address,
 *     whose letters are those of DNS, so that it cannot pass for another, nor for a pattern
 * @param length for how long, from the moment in which it is granted
 * @param reason why, in the client's words, a {@link PlainLine}; shown to whoever grants it
 */
public record AccessWish(
    String id, AtSign client, DeviceAddress device, Target target, Duration length, String reason) {
  /** A reason is a sentence: more would hide what stands beside it. */
  public static final int MOST_REASON = 200;

  /** What is needed for longer is a rule of a book. */
  public static final Duration LONGEST = Duration.ofDays(30);

  /** What is shorter is over before anybody has connected. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** The longest name that DNS has (RFC 1035, section 2.3.4). */
  public static final int MOST_HOST = 253;

  /** A name, or an IPv6 address with or without its zone. */
  private static final Pattern HOST =
      Pattern.compile("[0-9A-Za-z._-]+|[0-9A-Fa-f:.]+(%[0-9A-Za-z._-]+)?");

  public AccessWish {
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(target, "target is null");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("The id of a request for access has 32 digits of 0-9a-f");
    }
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Access is asked for a second to " + LONGEST.toDays() + " days, not for " + length);
    }
    if (!isOnePlace(target)) {
      throw new IllegalArgumentException(
          "Access is asked for to one place: service:NAME, or a host's name or address of at most "
              + MOST_HOST
              + " of the characters that DNS has, and its port; no pattern");
    }
    if (reason.isBlank() || !PlainLine.fits(reason, MOST_REASON)) {
      throw new IllegalArgumentException(
          "A reason is one line of 1 to " + MOST_REASON + " characters");
    }
  }

  private static boolean isOnePlace(Target target) {
    return target instanceof Target.Service
        || target.wireHost().length() <= MOST_HOST && HOST.matcher(target.wireHost()).matches();
  }
}
