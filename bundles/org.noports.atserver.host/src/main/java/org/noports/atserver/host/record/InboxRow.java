package org.noports.atserver.host.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.api.store.StoreEntry;

/**
 * How the store keeps what was received: a row is one notification's JSON, or those that came
 * together, each in a line behind its order. It is named by the time, the order and the id of its
 * last one, so that whatever came after a time lies behind it.
 */
final class InboxRow {
  static final String PREFIX = KeyNames.OWN + "in:";

  private static final int TIME_DIGITS = 15;
  private static final int ORDER_DIGITS = 6;
  private static final int ORDER_AT = PREFIX.length() + TIME_DIGITS + 1;
  private static final long ORDERS = 1_000_000;
  private static final String ID = "{\"id\":\"";

  private InboxRow() {}

  /** What comes before all rows of a millisecond, with the prefix of a table of rows. */
  static String before(String prefix, long epochMillis) {
    return prefix + padded(Math.max(epochMillis, 0), TIME_DIGITS);
  }

  /** What tells a row from all others, and where it lies. */
  static String place(Arrival last) {
    AtNotification notification = last.notification();
    return before("", notification.told().epochMillis())
        + ":"
        + order(last)
        + ":"
        + notification.id().toLowerCase(Locale.ROOT);
  }

  private static String order(Arrival arrival) {
    return padded(arrival.order() % ORDERS, ORDER_DIGITS);
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** A row of one; {@code json} is what the store keeps of it. */
  static StoreChange of(Arrival arrival, byte[] json) {
    return fresh(PREFIX + place(arrival), json, arrival.notification().expiresAt());
  }

  /** One of several in a row. */
  static byte[] line(Arrival arrival, byte[] json) {
    byte[] line = new byte[ORDER_DIGITS + json.length + 1];
    long order = arrival.order() % ORDERS;
    for (int i = ORDER_DIGITS - 1; i >= 0; i--) {
      line[i] = (byte) ('0' + order % 10);
      order /= 10;
    }
    System.arraycopy(json, 0, line, ORDER_DIGITS, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** A row of several. */
  static StoreChange of(Arrival last, List<byte[]> lines, Instant expiresAt) {
    return fresh(PREFIX + place(last), joined(lines), expiresAt);
  }

  static byte[] joined(List<byte[]> parts) {
    int bytes = parts.stream().mapToInt(part -> part.length).sum();
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes);
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  /** A change that stores what is told of no other device, under a key that nobody has used. */
  static StoreChange fresh(String key, byte[] value, Instant expiresAt) {
    return put(key, value, expiresAt, Precondition.FRESH);
  }

  static StoreChange put(String key, byte[] value, Instant expiresAt, Precondition precondition) {
    return new StoreChange.Put(
        key, value, new byte[0], Optional.empty(), Optional.of(expiresAt), false, precondition);
  }

  /** What of a row has not expired. */
  static List<Arrival> read(StoreEntry row, Instant now) {
    List<Arrival> found = new ArrayList<>();
    for (String line : lines(row)) {
      int json = line.indexOf('{');
      String order = json > 0 ? line : row.key().substring(ORDER_AT, ORDER_AT + ORDER_DIGITS);
      AtNotification notification = AtNotification.parse(line.substring(json));
      if (now.isBefore(notification.expiresAt())) {
        found.add(new Arrival(Long.parseLong(order, 0, ORDER_DIGITS, 10), notification));
      }
    }
    return found;
  }

  /** Whether one with this id, whose case says nothing, is in the row. */
  static boolean has(StoreEntry row, String id) {
    return lines(row).stream().anyMatch(line -> isOf(line, id));
  }

  /** The change that takes it out of the row. */
  static StoreChange without(StoreEntry row, String id) {
    String left =
        lines(row).stream()
            .filter(line -> !isOf(line, id))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Precondition same = new Precondition.Version(row.version());
    return left.isEmpty()
        ? new StoreChange.Delete(row.key(), false, same)
        : put(row.key(), left.getBytes(UTF_8), row.expiresAt().orElse(Instant.MAX), same);
  }

  /** JSON has no line ends. */
  private static List<String> lines(StoreEntry row) {
    return new String(row.value(), UTF_8).lines().toList();
  }

  private static boolean isOf(String line, String id) {
    int at = line.indexOf('{') + ID.length();
    return line.startsWith(ID, at - ID.length())
        && line.regionMatches(true, at, id, 0, id.length())
        && line.startsWith("\"", at + id.length());
  }
}
