package org.noports.policy.rules.condition;

import java.net.InetAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/**
 * What a condition may speak of. An attribute is known, missing, or pending until the links stand;
 * where each comes from and who is trusted with it is told in decision 0021.
 */
public enum Attribute {
  CLIENT("client", Type.TEXT, q -> Optional.of(q.client().name())),
  DEVICE_ATSIGN("device.atsign", Type.TEXT, q -> Optional.of(q.device().address().atSign().name())),
  DEVICE_NAME("device.name", Type.TEXT, q -> Optional.of(q.device().address().name().name())),
  DEVICE_GROUP("device.group", Type.TEXT, q -> Optional.of(q.device().group())),
  DEVICE_TAGS("device.tags", Type.TEXTS, q -> Optional.of(List.copyOf(q.device().tags()))),
  REQUEST_KIND(
      "request.kind",
      Type.TEXT,
      q -> Optional.of(q.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))),
  REQUEST_HOST("request.host", Type.TEXT, q -> socket(q).map(Endpoint.Socket::host)),
  REQUEST_ADDRESS("request.address", Type.TEXT, q -> socket(q).flatMap(s -> text(s.address()))),
  REQUEST_PORT("request.port", Type.NUMBER, q -> socket(q).map(s -> (long) s.port())),
  REQUEST_LEVEL("request.level", Type.TEXT, q -> q.level().map(Enum::name)),
  REQUEST_PQ("request.pq", Type.FLAG, q -> q.postQuantum().map(pq -> pq)),
  OBSERVED_ADDRESS("observed.address", Type.TEXT, q -> text(q.observed().address())),
  OBSERVED_COUNTRY("observed.country", Type.TEXT, q -> q.observed().country().map(c -> c)),
  CLAIMED_ZONE("claimed.zone", Type.TEXT, q -> q.claimedZone().map(z -> z)),
  NOW_TIME("now.time", now -> now.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString()),
  NOW_DATE("now.date", now -> DateTimeFormatter.ISO_LOCAL_DATE.format(now)),
  NOW_WEEKDAY(
      "now.weekday", now -> now.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT));

  /** What kind of value it has. */
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    TEXTS
  }

  private static final Map<String, Attribute> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(a -> a.word, a -> a));

  private final String word;
  private final Type type;
  private final BiFunction<Question, ZoneId, Optional<Object>> value;

  Attribute(String word, Type type, Function<Question, Optional<Object>> value) {
    this.word = word;
    this.type = type;
    this.value = (question, zone) -> value.apply(question);
  }

  Attribute(String word, Function<ZonedDateTime, String> value) {
    this.word = word;
    this.type = Type.TEXT;
    this.value = (question, zone) -> Optional.of(value.apply(question.now().atZone(zone)));
  }

  /** As it is written in conditions. */
  public String word() {
    return word;
  }

  Type type() {
    return type;
  }

  static Optional<Attribute> named(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** What it is for {@code question}; empty if it is missing or pending. */
  Optional<Object> in(Question question, ZoneId zone) {
    return value.apply(question, zone);
  }

  /** Whether it may still become known, or another. */
  boolean isPending(Question question) {
    return (this == OBSERVED_ADDRESS || this == OBSERVED_COUNTRY) && question.observed().pending();
  }

  boolean isOfTheClock() {
    return this == NOW_TIME || this == NOW_DATE || this == NOW_WEEKDAY;
  }

  private static Optional<Endpoint.Socket> socket(Question question) {
    return question
        .endpoint()
        .filter(Endpoint.Socket.class::isInstance)
        .map(Endpoint.Socket.class::cast);
  }

  private static Optional<Object> text(Optional<InetAddress> address) {
    return address.map(InetAddress::getHostAddress);
  }
}
