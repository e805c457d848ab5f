package org.noports.tunnel;

import java.time.Duration;
import org.noports.api.ConfigurationInvalid;

/**
 * What configuration says, checked.
 *
 * @param connectTimeout for dialling a session's target
 * @param connectionsPerSession at most, at the device's end
 * @param ioThreads for all tunnels; 0 for one per processor
 */
record TunnelSettings(Duration connectTimeout, int connectionsPerSession, int ioThreads) {
  static final TunnelSettings DEFAULT = new TunnelSettings(Duration.ofSeconds(10), 1024, 0);

  static TunnelSettings of(TunnelConfig config) throws ConfigurationInvalid {
    return new TunnelSettings(
        Duration.ofSeconds(within("connectTimeoutSeconds", config.connectTimeoutSeconds(), 1, 120)),
        within("maxConnectionsPerSession", config.maxConnectionsPerSession(), 1, 65536),
        within("ioThreads", config.ioThreads(), 0, 64));
  }

  private static int within(String key, int value, int least, int most)
      throws ConfigurationInvalid {
    if (value < least || value > most) {
      throw new ConfigurationInvalid(
          RelayedTunnels.PID
              + ".cfg: "
              + key
              + " = "
              + value
              + " is not between "
              + least
              + " and "
              + most);
    }
    return value;
  }
}
