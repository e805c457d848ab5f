package org.noports.policy.rules.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one document from its events. Anchors, aliases and tags are refused, so that a small file
 * cannot become a large one, nor anything else than texts, lists and fields.
 */
public final class ReadYaml {
  /** A book of 20,000 rules has about 3 MiB. */
  public static final int MOST_CHARACTERS = 4 << 20;

  /** Books need five. */
  private static final int MOST_DEPTH = 8;

  /** Conditions are the longest, and have a limit of their own. */
  private static final int MOST_TEXT = 4_096;

  private final Iterator<Event> events;

  private ReadYaml(Iterator<Event> events) {
    this.events = events;
  }

  /** The document that {@code text} is; fails with a {@link Flaw}. */
  public static Node read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new Flaw(
          1, "the file has " + text.length() + " characters; at most " + MOST_CHARACTERS);
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();
    try {
      return new ReadYaml(new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new Flaw(line, "this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new Flaw(1, "this is no YAML: " + e.getMessage());
    }
  }

  private Node document() {
    events.next();
    Event start = events.next();
    if (start.getEventId() != Event.ID.DocumentStart) {
      throw new Flaw(1, "the file is empty");
    }
    Node root = node(events.next(), 0);
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new Flaw(line(end), "a second document begins here; one file is one book");
    }
    return root;
  }

  private Node node(Event event, int depth) {
    int line = line(event);
    plain(event, line);
    if (depth > MOST_DEPTH) {
      throw new Flaw(line, "this is nested more than " + MOST_DEPTH + " levels deep");
    }
    if (event instanceof ScalarEvent scalar) {
      if (scalar.getValue().length() > MOST_TEXT) {
        throw new Flaw(line, "this text has more than " + MOST_TEXT + " characters");
      }
      return new Node.Text(line, scalar.getValue());
    }
    return event.getEventId() == Event.ID.SequenceStart ? items(line, depth) : fields(line, depth);
  }

  private static void plain(Event event, int line) {
    if (event instanceof AliasEvent || event instanceof NodeEvent n && n.getAnchor().isPresent()) {
      throw new Flaw(line, "anchors (&) and aliases (*) are not read; put a '*' in quotes");
    }
    boolean tagged =
        event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
            || event instanceof CollectionStartEvent start && start.getTag().isPresent();
    if (tagged) {
      throw new Flaw(line, "tags (!) are not read");
    }
  }

  private Node items(int line, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Node.Items(line, items);
  }

  private Node fields(int line, int depth) {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      if (!(node(next, depth + 1) instanceof Node.Text key)) {
        throw new Flaw(line(next), "a key has to be a text");
      }
      Node value = node(events.next(), depth + 1);
      if (fields.put(key.value(), new Node.Field(key.line(), value)) != null) {
        throw new Flaw(key.line(), "'" + key.value() + "' is said twice");
      }
    }
    return new Node.Fields(line, fields);
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
