package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;

/**
 * The question that is decided on.
 *
 * @param client who asks, as the atServer authenticated the message
 * @param device which device is asked
 * @param deviceGroup the group the device's configuration puts it in; {@code __none__} for none
 * @param kind what for
 * @param target where to, if the request names a target
 * @param circumstances what else is known
 */
public record AccessRequest(
    AtSign client,
    DeviceAddress device,
    String deviceGroup,
    RequestKind kind,
    Optional<Target> target,
    Circumstances circumstances) {
  public AccessRequest {
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(deviceGroup, "deviceGroup is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(target, "target is null");
    requireNonNull(circumstances, "circumstances is null");
  }

  /** A question of now, of which nothing else is known. */
  public AccessRequest(
      AtSign client,
      DeviceAddress device,
      String deviceGroup,
      RequestKind kind,
      Optional<Target> target) {
    this(client, device, deviceGroup, kind, target, Circumstances.at(Instant.now()));
  }

  /** The same question under other circumstances. */
  public AccessRequest under(Circumstances others) {
    return new AccessRequest(client, device, deviceGroup, kind, target, others);
  }
}
