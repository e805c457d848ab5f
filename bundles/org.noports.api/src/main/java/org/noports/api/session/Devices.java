package org.noports.api.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;

/** Finds devices and asks how they are. */
public interface Devices {
  /**
   * The devices that {@code owner} has told {@code self} about, each asked whether it is there.
   *
   * @param within how long to wait for answers
   */
  CompletionStage<List<DeviceStatus>> list(AtSign self, AtSign owner, Duration within);

  /**
   * A device and what it said.
   *
   * @param address the device
   * @param active whether it answered in time
   * @param version its program's version
   * @param services what it permits, as it says: {@code host:port} entries
   */
  record DeviceStatus(
      DeviceAddress address, boolean active, String version, List<String> services) {
    public DeviceStatus {
      services = List.copyOf(services);
    }
  }
}
