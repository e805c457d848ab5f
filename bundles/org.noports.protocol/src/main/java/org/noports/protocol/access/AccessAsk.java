package org.noports.protocol.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.access.AccessWish;
import org.noports.protocol.json.JsonObject;

/**
 * A client asks a device for access: the payload of {@code access_request}
 * (docs/protocol/access.md).
 *
 * @param wish what is wanted; its client is whoever signed and sent it
 */
public record AccessAsk(AccessWish wish) {
  public AccessAsk {
    requireNonNull(wish, "wish is null");
  }

  /**
   * Reads a payload; unknown fields are ignored.
   *
   * @param client who sent it
   */
  public static AccessAsk parse(AtSign client, JsonObject json) throws ProtocolViolation {
    try {
      return new AccessAsk(
          new AccessWish(
              json.requireText("id"),
              client,
              new DeviceAddress(
                  json.requireText("deviceAtsign", AtSign::of),
                  json.requireText("deviceName", DeviceName::of)),
              json.requireText("target", Target::of),
              Duration.ofSeconds(json.requireWhole("seconds")),
              json.requireText("reason")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolViolation("access_request: " + e.getMessage(), e);
    }
  }

  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", wish.id())
        .put("deviceAtsign", wish.device().atSign().name())
        .put("deviceName", wish.device().name().name())
        .put("target", wish.target().toString())
        .put("seconds", wish.length().toSeconds())
        .put("reason", wish.reason())
        .build();
  }
}
