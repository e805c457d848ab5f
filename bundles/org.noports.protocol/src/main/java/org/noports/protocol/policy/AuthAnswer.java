package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;

/**
 * What a policy service answers to an {@link AuthCheck} (docs/protocol/noports.md 7.2).
 *
 * @param authorized whether the client may in
 * @param message for people
 * @param permitOpen where to: {@code host:port} entries, as they came; a service that says none
 *     permits nowhere
 * @param ruling what stands behind it; services of other makes do not say
 */
public record AuthAnswer(
    boolean authorized,
    Optional<String> message,
    List<String> permitOpen,
    Optional<RemoteRuling> ruling) {
  private static final String PERMIT_OPEN = "permitOpen";
  private static final String RESPONSE = "response";

  public AuthAnswer {
    requireNonNull(message, "message is null");
    permitOpen = List.copyOf(permitOpen);
    requireNonNull(ruling, "ruling is null");
  }

  public static AuthAnswer parse(JsonObject payload) throws ProtocolViolation {
    Optional<JsonArray> places = payload.array(PERMIT_OPEN);
    Optional<JsonObject> more = payload.object(RESPONSE);
    return new AuthAnswer(
        payload.requireFlag("authorized"),
        payload.text("message"),
        places.isPresent() ? places.get().texts() : List.of(),
        more.isPresent() ? Optional.of(RemoteRuling.parse(more.get())) : Optional.empty());
  }

  /** The three fields in the reference's order, and ours behind them. */
  public JsonObject toPayload() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("authorized", authorized)
            .putNullable("message", message)
            .put(PERMIT_OPEN, permitOpen);
    ruling.ifPresent(said -> json.put(RESPONSE, said.toJson()));
    return json.build();
  }
}
