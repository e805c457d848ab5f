package org.noports.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;

/** Reads a question to the policy from a command's words and options; absent options are null. */
final class PolicyQuestion {
  private PolicyQuestion() {}

  /**
   * Reads {@code @device dev1 [PLACE]} or {@code dev1@device [PLACE]}.
   *
   * @param kind the request's kind, as in {@code tunnel}
   */
  static AccessRequest of(AtSign client, List<String> words, String kind, String group) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Which device? --help shows an example");
    }
    boolean whole = words.get(0).indexOf('@') > 0;
    int place = whole ? 1 : 2;
    if (words.size() < place || words.size() > place + 1) {
      throw new IllegalArgumentException(
          "Expected a device and a place, as in @device dev1 localhost:22, not "
              + String.join(" ", words));
    }
    DeviceAddress device =
        DeviceArgument.of(words.get(0), whole ? Optional.empty() : Optional.of(words.get(1)));
    Optional<Target> target =
        words.size() == place ? Optional.empty() : Optional.of(Target.of(words.get(place)));
    return new AccessRequest(client, device, group, kind(kind), target);
  }

  private static RequestKind kind(String word) {
    try {
      return RequestKind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + word + "' is no kind: ping, tunnel, udp, listen, ssh or public-key", e);
    }
  }

  /** {@code 03:00} today, or {@code 2026-11-21T03:00}, in the book's zone; now if null. */
  static Instant at(String text, ZoneId zone) {
    if (text == null) {
      return Instant.now();
    }
    try {
      LocalDateTime time =
          text.contains("T")
              ? LocalDateTime.parse(text)
              : LocalDate.now(zone).atTime(LocalTime.parse(text));
      return time.atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time: expected 03:00 or 2026-11-21T03:00", e);
    }
  }

  /** What is known around it; null for what is not. */
  static Circumstances around(
      Instant at, List<String> tags, String address, String level, Observed observed) {
    Circumstances around = Circumstances.at(at).tagged(Set.copyOf(tags)).seen(observed);
    if (address != null) {
      around = around.resolved(address(address));
    }
    return level == null
        ? around
        : around.protectedBy(Level.valueOf(level.toUpperCase(Locale.ROOT)));
  }

  /** {@code pending}, an address, or nothing that a relay told. */
  static Observed observed(String address, String country) {
    if ("pending".equals(address)) {
      return Observed.PENDING;
    }
    return new Observed(
        false,
        Optional.ofNullable(address).map(PolicyQuestion::address),
        Optional.ofNullable(country));
  }

  private static InetAddress address(String text) {
    try {
      if (text.matches("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is no address", e);
    }
    throw new IllegalArgumentException("'" + text + "' is no address");
  }
}
