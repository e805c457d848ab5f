package org.noports.api;

import static java.util.Objects.requireNonNull;

/**
 * Which device: the atSign that answers for it and its name there. Written {@code dev1@device}.
 *
 * @param atSign the device's atSign
 * @param name its name under that atSign
 */
public record DeviceAddress(AtSign atSign, DeviceName name) {
  public DeviceAddress {
    requireNonNull(atSign, "atSign is null");
    requireNonNull(name, "name is null");
  }

  @Override
  public String toString() {
    return name + atSign.name();
  }
}
