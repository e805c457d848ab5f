package org.noports.shell;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;

/** Reads which device is meant: {@code dev1@device}, or {@code @device} and a name beside it. */
final class DeviceArgument {
  private DeviceArgument() {}

  static DeviceAddress of(String device, Optional<String> name) {
    int at = device.indexOf('@');
    if (at > 0 && name.isPresent() && !device.substring(0, at).equals(name.get())) {
      throw new IllegalArgumentException(
          "Two device names, '" + device.substring(0, at) + "' and '" + name.get() + "': name one");
    }
    String named =
        at > 0
            ? device.substring(0, at)
            : name.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Which device of "
                            + device
                            + "? Write dev1"
                            + AtSign.of(device)
                            + ", or add --name dev1; noports:devices lists them"));
    return new DeviceAddress(AtSign.of(device.substring(Math.max(at, 0))), DeviceName.of(named));
  }
}
