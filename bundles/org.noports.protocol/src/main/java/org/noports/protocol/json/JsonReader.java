package org.noports.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.ProtocolViolation;

/**
 * Reads a text into values, within limits: what is read comes from peers. Its errors name the place
 * and never quote the text, which may hold secrets.
 */
final class JsonReader {
  /** Nothing we speak nests deeper than four levels. */
  static final int MAX_DEPTH = 32;

  /**
   * Longest text in characters: the atProtocol's command buffer (docs/protocol/atprotocol.md 2).
   */
  static final int MAX_LENGTH = 10_240_000;

  /** Longest number in characters; the longest we speak is a time in microseconds. */
  static final int MAX_NUMBER_LENGTH = 64;

  /** No interning and no thread-local buffers: names come from peers, and bundles come and go. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .build();

  private final String what;
  private final JsonParser parser;

  private JsonReader(String what, JsonParser parser) {
    this.what = what;
    this.parser = parser;
  }

  static JsonValue read(String what, String text) throws ProtocolViolation {
    if (text.length() > MAX_LENGTH) {
      throw new ProtocolViolation(
          what + " is too long: " + text.length() + " characters, at most " + MAX_LENGTH);
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonReader(what, parser).document();
    } catch (IOException e) {
      throw new ProtocolViolation(what + " cannot be read as JSON");
    }
  }

  private JsonValue document() throws IOException, ProtocolViolation {
    try {
      JsonValue value = value(parser.nextToken(), what);
      if (parser.nextToken() != null) {
        throw violation("something follows the JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      // The cause is left out: its text quotes the input.
      throw violation("not JSON that we accept");
    }
  }

  private JsonValue value(JsonToken token, String path) throws IOException, ProtocolViolation {
    if (token == null) {
      throw violation("the JSON ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> new JsonValue.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Number(parser.getText());
      case VALUE_TRUE -> JsonValue.Literal.TRUE;
      case VALUE_FALSE -> JsonValue.Literal.FALSE;
      case VALUE_NULL -> JsonValue.Literal.NULL;
      default -> throw violation("unexpected JSON");
    };
  }

  private JsonObject object(String path) throws IOException, ProtocolViolation {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonValue value = value(parser.nextToken(), path + "." + name);
      if (fields.put(name, value) != null) {
        // Readers differ in which of two equal names they take: an open door for forgers.
        throw violation("a field name occurs twice");
      }
    }
    return new JsonObject(path, fields);
  }

  private JsonArray array(String path) throws IOException, ProtocolViolation {
    List<JsonValue> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token, path));
    }
    return new JsonArray(items);
  }

  private ProtocolViolation violation(String why) {
    return new ProtocolViolation(
        what + ": " + why + ", at column " + parser.currentLocation().getColumnNr());
  }
}
