package org.noports.policy.rules.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the fields of one thing by name, and refuses what nobody asked for: {@link #done} after the
 * last one.
 */
public final class Keys {
  private final Node.Fields fields;
  private final String thing;
  private final Set<String> asked = new HashSet<>();

  private Keys(Node.Fields fields, String thing) {
    this.fields = fields;
    this.thing = thing;
  }

  /** Of {@code node}, which messages call {@code thing}. */
  public static Keys of(Node node, String thing) {
    if (node instanceof Node.Fields fields) {
      return new Keys(fields, thing);
    }
    throw new Flaw(node.line(), thing + " has to be keys and values");
  }

  /** The line where it begins. */
  public int line() {
    return fields.line();
  }

  /** What a key says, if it is there. */
  public Optional<Node> node(String key) {
    asked.add(key);
    return Optional.ofNullable(fields.fields().get(key)).map(Node.Field::value);
  }

  /** A text that has to be there, read by {@code reader}. */
  public <T> T need(String key, Function<String, T> reader) {
    return text(key, reader).orElseThrow(() -> new Flaw(line(), thing + " has no '" + key + "'"));
  }

  /** A text, read by {@code reader}, whose complaint is told with the line. */
  public <T> Optional<T> text(String key, Function<String, T> reader) {
    return node(key).map(node -> value(node, key, reader));
  }

  /** A list of texts; empty if it is not there. A list that is there has at least one. */
  public <T> List<T> texts(String key, Function<String, T> reader) {
    return node(key).map(node -> list(node, key, reader)).orElse(List.of());
  }

  /** As {@link #texts}, and has to be there. */
  public <T> List<T> needTexts(String key, Function<String, T> reader) {
    List<T> read = texts(key, reader);
    if (read.isEmpty()) {
      throw new Flaw(line(), thing + " has no '" + key + "'");
    }
    return read;
  }

  /** Of all keys there are; for things that are named by their key. */
  public Set<String> all() {
    return fields.fields().keySet();
  }

  /** The things that a list is of; empty if it is not there. */
  public List<Node> items(String key) {
    return node(key)
        .map(
            node -> {
              if (node instanceof Node.Items items) {
                return items.items();
              }
              throw new Flaw(node.line(), "'" + key + "' has to be a list");
            })
        .orElse(List.of());
  }

  /** Refuses every key that was not asked for. */
  public void done() {
    fields
        .fields()
        .forEach(
            (key, field) -> {
              if (!asked.contains(key)) {
                throw new Flaw(
                    field.line(),
                    thing + " has no key '" + key + "'; it has " + new TreeSet<>(asked));
              }
            });
  }

  private static <T> List<T> list(Node node, String key, Function<String, T> reader) {
    if (!(node instanceof Node.Items items) || items.items().isEmpty()) {
      throw new Flaw(node.line(), "'" + key + "' has to be a list of at least one");
    }
    return items.items().stream().map(item -> value(item, key, reader)).toList();
  }

  private static <T> T value(Node node, String key, Function<String, T> reader) {
    if (!(node instanceof Node.Text text)) {
      throw new Flaw(node.line(), "'" + key + "' has to be a text");
    }
    try {
      return reader.apply(text.value());
    } catch (IllegalArgumentException e) {
      throw new Flaw(node.line(), key + ": " + e.getMessage());
    }
  }
}
