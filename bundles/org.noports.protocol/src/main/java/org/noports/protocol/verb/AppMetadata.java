package org.noports.protocol.verb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * What a program says of a value beside the atProtocol's own fields (docs/protocol/atprotocol.md
 * 7.1): a flat JSON object, which travels as base64.
 */
public final class AppMetadata {
  /** Names what encrypted the value. */
  public static final String PROVIDER_ID = "providerId";

  /** What is said by a value that says nothing. */
  public static final String LEGACY = "legacy";

  private AppMetadata() {}

  /** The text of a parameter. */
  public static String encode(JsonObject json) {
    return encode(json.toJson());
  }

  /**
   * The text of a parameter.
   *
   * @param json an object
   */
  public static String encode(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The object of a parameter's text; empty if nothing is said. */
  public static Optional<JsonObject> of(Metadata metadata) throws ProtocolViolation {
    Optional<String> text = metadata.text(MetadataField.APP_METADATA);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getDecoder().decode(text.get());
      return Optional.of(JsonObject.parse("appMetadata", new String(json, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("appMetadata is not base64", e);
    }
  }
}
