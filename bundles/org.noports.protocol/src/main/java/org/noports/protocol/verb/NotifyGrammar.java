package org.noports.protocol.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.protocol.verb.Notify.Delivery;
import org.noports.protocol.verb.Notify.MessageType;
import org.noports.protocol.verb.Notify.Operation;

/** Reads {@code notify}: parameters in any order, then receiver, subject, owner and value. */
final class NotifyGrammar {
  private static final Set<String> DELIVERY =
      Set.of("id", "priority", "strategy", "latestn", "notifier", "ttln");

  private final Cursor rest;
  private Optional<String> id = Optional.empty();
  private Operation operation = Operation.UPDATE;
  private MessageType messageType = MessageType.KEY;
  private Optional<String> priority = Optional.empty();
  private Optional<String> strategy = Optional.empty();
  private Optional<Long> latestN = Optional.empty();
  private Optional<String> notifier = Optional.empty();
  private Optional<Long> ttln = Optional.empty();
  private MetadataChange metadata = MetadataChange.NONE;

  private NotifyGrammar(Cursor rest) {
    this.rest = rest;
  }

  static Verb read(Cursor rest) throws VerbFailure {
    for (NotifyQuery.Kind kind : NotifyQuery.Kind.values()) {
      if (rest.take(kind.wire())) {
        return query(kind, rest.rest().strip());
      }
    }
    if (rest.take("list")) {
      return NotifyListGrammar.read(rest);
    }
    return rest.take("all") ? new NotifyGrammar(rest).readAll() : new NotifyGrammar(rest).read();
  }

  private static Verb query(NotifyQuery.Kind kind, String id) throws VerbFailure {
    if (id.isEmpty() || id.indexOf(' ') >= 0) {
      throw VerbFailure.syntax("Invalid syntax. Wrong notification id");
    }
    return new NotifyQuery(kind, id);
  }

  private void parameters() throws VerbFailure {
    while (!rest.peek().startsWith("@") && !rest.peek().equalsIgnoreCase("public")) {
      if (!rest.skipEmpty() && !operation() && !delivery() && !said()) {
        throw VerbFailure.syntax(
            "Invalid syntax. Expected notify[:parameters]:@receiver:key[@owner][:value]");
      }
    }
  }

  private Verb readAll() throws VerbFailure {
    parameters();
    String readers = rest.peek();
    rest.take(readers);
    List<AtSign> to = new ArrayList<>();
    for (String reader : readers.split(",")) {
      to.add(VerbReader.atSign(reader));
    }
    Notify one = subject(Optional.of(to.get(0)), rest.rest());
    return new NotifyAll(
        one.operation(),
        one.messageType(),
        one.metadata(),
        to.stream().distinct().toList(),
        one.subject(),
        one.owner(),
        one.value());
  }

  private Verb read() throws VerbFailure {
    parameters();
    String reader = rest.peek();
    rest.take(reader);
    Optional<AtSign> to =
        reader.startsWith("@") ? Optional.of(VerbReader.atSign(reader)) : Optional.empty();
    return subject(to, rest.rest());
  }

  private boolean operation() throws VerbFailure {
    for (Operation known : Operation.values()) {
      if (rest.take(known.wire())) {
        operation = known;
        return true;
      }
    }
    Optional<String> type = rest.parameter("messageType");
    if (type.isPresent()) {
      messageType =
          choice(type.get(), "key", "text").equals("key") ? MessageType.KEY : MessageType.TEXT;
    }
    return type.isPresent();
  }

  private boolean delivery() throws VerbFailure {
    String word = rest.peek().toLowerCase(Locale.ROOT);
    Optional<String> value = DELIVERY.contains(word) ? rest.parameter(word) : Optional.empty();
    if (value.isEmpty()) {
      return false;
    }
    switch (word) {
      case "id" -> id = value;
      case "priority" -> priority = Optional.of(choice(value.get(), "low", "medium", "high"));
      case "strategy" -> strategy = Optional.of(choice(value.get(), "all", "latest"));
      case "latestn" -> latestN = Optional.of(VerbReader.number("latestN", value.get()));
      case "notifier" -> notifier = value;
      default -> ttln = Optional.of(VerbReader.number("ttln", value.get()));
    }
    return true;
  }

  private boolean said() throws VerbFailure {
    MetadataChange more = StoreGrammar.metadata(rest);
    if (metadata.changes().isEmpty()) {
      metadata = more;
      return !more.changes().isEmpty();
    }
    for (MetadataField field : more.changes().keySet()) {
      metadata = metadata.with(field, more.text(field).orElse("null"));
    }
    return !more.changes().isEmpty();
  }

  static String choice(String value, String... allowed) throws VerbFailure {
    for (String one : allowed) {
      if (one.equalsIgnoreCase(value)) {
        return one;
      }
    }
    throw VerbFailure.syntax("Invalid syntax. Expected one of " + String.join("|", allowed));
  }

  private Notify subject(Optional<AtSign> to, String text) throws VerbFailure {
    int at = text.indexOf('@');
    String subject = at < 0 ? text : text.substring(0, at);
    int colon = at < 0 ? -1 : text.indexOf(':', at);
    Optional<String> value = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    Optional<AtSign> owner =
        at < 0
            ? Optional.empty()
            : Optional.of(VerbReader.atSign(text.substring(at, colon < 0 ? text.length() : colon)));
    if (subject.isEmpty() || value.filter(String::isEmpty).isPresent()) {
      throw VerbFailure.syntax("Invalid syntax. The notification says nothing");
    }
    if (strategy.filter("latest"::equals).isPresent() && notifier.isEmpty()) {
      throw VerbFailure.syntax("Invalid syntax. strategy:latest needs a notifier");
    }
    return new Notify(
        id,
        operation,
        messageType,
        new Delivery(priority, strategy, latestN, notifier, ttln),
        metadata,
        to,
        subject,
        owner,
        value);
  }
}
