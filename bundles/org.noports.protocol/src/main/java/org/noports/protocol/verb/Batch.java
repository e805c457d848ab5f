package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * Several commands in one line, each with an answer of its own in the one that comes back
 * (docs/protocol/atprotocol.md 3.19).
 *
 * @param commands in the order in which they are to be done
 */
public record Batch(List<Command> commands) implements Verb {
  /**
   * One command.
   *
   * @param id the client's own, a number or a text, by which it finds the answer
   * @param line the command, without a line end
   */
  public record Command(JsonValue id, String line) {
    public Command {
      requireNonNull(id, "id is null");
      OneLine.of(line);
    }

    @Override
    public String toString() {
      return "Command[" + line.length() + " chars]";
    }
  }

  public Batch {
    commands = List.copyOf(commands);
  }

  static Batch read(String json) throws VerbFailure {
    try {
      List<Command> commands = new ArrayList<>();
      for (JsonValue item : JsonArray.parse("batch", json).items()) {
        if (!(item instanceof JsonObject command)) {
          throw new ProtocolViolation("batch holds something else than commands");
        }
        JsonValue id = command.get("id").orElse(JsonValue.Literal.NULL);
        if (!(id instanceof JsonValue.Number) && !(id instanceof JsonValue.Text)) {
          throw new ProtocolViolation("a command of a batch has no id");
        }
        commands.add(new Command(id, command.requireText("command")));
      }
      return new Batch(commands);
    } catch (ProtocolViolation | IllegalArgumentException e) {
      throw VerbFailure.syntax("Invalid syntax. " + e.getMessage());
    }
  }

  @Override
  public String toLine() {
    List<JsonValue> items = new ArrayList<>();
    for (Command command : commands) {
      items.add(
          JsonObject.builder().put("id", command.id()).put("command", command.line()).build());
    }
    return "batch:" + new JsonArray(items).toJson();
  }
}
