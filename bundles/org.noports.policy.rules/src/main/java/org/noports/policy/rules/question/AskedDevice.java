package org.noports.policy.rules.question;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.noports.api.DeviceAddress;

/**
 * The device that is asked, as its own configuration describes it.
 *
 * @param address its atSign and name
 * @param group the group it is in; {@code __none__} for none
 * @param tags what else its administrator says of it
 */
public record AskedDevice(DeviceAddress address, String group, Set<String> tags) {
  public AskedDevice {
    requireNonNull(address, "address is null");
    requireNonNull(group, "group is null");
    tags = Set.copyOf(tags);
  }
}
