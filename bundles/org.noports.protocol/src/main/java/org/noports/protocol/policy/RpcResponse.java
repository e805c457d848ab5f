package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * One answer as it travels (docs/protocol/noports.md 7.1).
 *
 * @param id the question's
 * @param type what kind of answer
 * @param payload the answer itself; empty in acknowledgements
 * @param message a word for people, where there is one
 */
public record RpcResponse(long id, Type type, JsonObject payload, Optional<String> message) {
  private static final JsonObject NOTHING = JsonObject.builder().build();

  /** What kind of answer. */
  public enum Type {
    /** It was heard, and an answer will follow. */
    ACK,
    /** It cannot be read, and none will follow. */
    NACK,
    /** The answer. */
    SUCCESS,
    /** It could not be answered. */
    ERROR;

    /** The word of the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that a word means. */
    public static Optional<Type> of(String wire) {
      return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }
  }

  public RpcResponse {
    requireNonNull(type, "type is null");
    requireNonNull(payload, "payload is null");
    requireNonNull(message, "message is null");
  }

  /** Says that a question was heard. */
  public static RpcResponse ack(long id) {
    return new RpcResponse(id, Type.ACK, NOTHING, Optional.empty());
  }

  /** Says why a question will not be answered. */
  public static RpcResponse nack(long id, String message) {
    return new RpcResponse(id, Type.NACK, NOTHING, Optional.of(message));
  }

  /** Says why a question could not be answered. */
  public static RpcResponse error(long id, String message) {
    return new RpcResponse(id, Type.ERROR, NOTHING, Optional.of(message));
  }

  /** Answers a question. */
  public static RpcResponse success(long id, JsonObject payload) {
    return new RpcResponse(id, Type.SUCCESS, payload, Optional.empty());
  }

  /** Reads an answer; the oldest services leave {@code message} away. */
  public static RpcResponse parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("policy response", text);
    Type type =
        json.requireText(
            "respType",
            word ->
                Type.of(word)
                    .orElseThrow(() -> new IllegalArgumentException("it is none of ack … error")));
    return new RpcResponse(
        json.requireWhole("reqId"),
        type,
        json.object("payload").orElse(NOTHING),
        json.text("message"));
  }

  public String toText() {
    return JsonObject.builder()
        .put("reqId", id)
        .put("respType", type.wire())
        .put("payload", payload)
        .putNullable("message", message)
        .build()
        .toJson();
  }
}
