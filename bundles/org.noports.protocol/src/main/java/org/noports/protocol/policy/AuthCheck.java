package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.PingResponse;

/**
 * What a device asks its policy service (docs/protocol/noports.md 7.2): may this client in, and to
 * where.
 *
 * @param device which device asks: its word, and only as good as the sender is its atSign
 * @param deviceGroup the group that it says it is in
 * @param client who wants in
 * @param request what for; devices of other makes do not say
 */
public record AuthCheck(
    DeviceAddress device, String deviceGroup, AtSign client, Optional<AskedAccess> request) {
  private static final String REQUEST = "request";

  public AuthCheck {
    requireNonNull(device, "device is null");
    requireNonNull(deviceGroup, "deviceGroup is null");
    requireNonNull(client, "client is null");
    requireNonNull(request, "request is null");
  }

  public static AuthCheck parse(JsonObject payload) throws ProtocolViolation {
    Optional<JsonObject> more = payload.object(REQUEST);
    return new AuthCheck(
        new DeviceAddress(
            payload.requireText("daemonAtsign", AtSign::of),
            payload.requireText("daemonDeviceName", DeviceName::of)),
        payload.text("daemonDeviceGroupName").orElse(PingResponse.NO_GROUP),
        payload.requireText("clientAtsign", AtSign::of),
        more.isPresent() ? Optional.of(AskedAccess.parse(more.get())) : Optional.empty());
  }

  /** The four fields in the reference's order, and ours behind them. */
  public JsonObject toPayload() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("daemonAtsign", device.atSign().name())
            .put("daemonDeviceName", device.name().name())
            .put("daemonDeviceGroupName", deviceGroup)
            .put("clientAtsign", client.name());
    request.ifPresent(asked -> json.put(REQUEST, asked.toJson()));
    return json.build();
  }
}
