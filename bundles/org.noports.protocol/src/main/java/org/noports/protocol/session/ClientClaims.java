package org.noports.protocol.session;

import java.util.Optional;
import java.util.regex.Pattern;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * What a client says of itself in the signed payload of a session request, in the field {@code
 * claimed}, ours alone (docs/protocol/noports.md 2.6): nothing but its word, for rules that take
 * it.
 *
 * @param zone where it says that it is, {@code Europe/Berlin} or whatever its user has set
 */
public record ClientClaims(Optional<String> zone) {
  /** The field of request payloads. */
  public static final String FIELD = "claimed";

  private static final String ZONE = "zone";

  /** One line of ASCII, so that a peer's re-encoding keeps the signed bytes. */
  private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");

  /** Refuses a zone that could not be said. */
  public ClientClaims {
    if (zone.isPresent() && !isPlain(zone.get())) {
      throw new IllegalArgumentException(
          "zone = " + zone.get() + " is not 1 to 64 plain characters without spaces and quotes");
    }
  }

  /** Whether a zone can be said so. */
  public static boolean isPlain(String zone) {
    return PLAIN.matcher(zone).matches();
  }

  /** Reads a request's payload; what is not of this form says nothing, as in older requests. */
  public static ClientClaims of(JsonObject payload) {
    return new ClientClaims(
        payload.fields().get(FIELD) instanceof JsonObject said
                && said.fields().get(ZONE) instanceof JsonValue.Text text
            ? Optional.of(text.value()).filter(ClientClaims::isPlain)
            : Optional.empty());
  }

  /** The payload with what is claimed; as it is if that is nothing. */
  public JsonObject into(JsonObject payload) {
    return zone.map(
            place ->
                payload.toBuilder()
                    .put(FIELD, JsonObject.builder().put(ZONE, place).build())
                    .build())
        .orElse(payload);
  }
}
