package org.noports.policy.rules.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a YAML file, which knows its line. Nothing is guessed: a number is a text. */
public sealed interface Node {
  /** The line where it begins, from 1. */
  int line();

  /**
   * One value.
   *
   * @param line where
   * @param value its text
   */
  record Text(int line, String value) implements Node {}

  /**
   * A list.
   *
   * @param line where
   * @param items what is in it, in order
   */
  record Items(int line, List<Node> items) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Keys and what they say.
   *
   * @param line where
   * @param fields in order
   */
  record Fields(int line, Map<String, Field> fields) implements Node {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * What a key says.
   *
   * @param line where the key is
   * @param value what it says
   */
  record Field(int line, Node value) {}
}
