package org.noports.tunnel;

import java.time.Duration;
import org.noports.api.ConfigurationInvalid;

/**
 * What configuration says, checked.
 *
 * @param connectTimeout for dialling a session's target
 * @param connectionsPerSession at most, at the device's end
 * @param listensPerSession at most, at the device's end
 * @param udpIdle after which a stream of datagrams ends that carries none
 * @param linkless how long an NP2 session may stand without a link
 * @param silent after which a link on which nothing was heard is given up
 * @param ioThreads for all tunnels; 0 for one per processor
 */
record TunnelSettings(
    Duration connectTimeout,
    int connectionsPerSession,
    int listensPerSession,
    Duration udpIdle,
    Duration linkless,
    Duration silent,
    int ioThreads) {
  static final TunnelSettings DEFAULT =
      new TunnelSettings(
          Duration.ofSeconds(10),
          1024,
          16,
          Duration.ofSeconds(120),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          0);

  static TunnelSettings of(TunnelConfig config) throws ConfigurationInvalid {
    return new TunnelSettings(
        Duration.ofSeconds(within("connectTimeoutSeconds", config.connectTimeoutSeconds(), 1, 120)),
        within("maxConnectionsPerSession", config.maxConnectionsPerSession(), 1, 65536),
        within("maxListensPerSession", config.maxListensPerSession(), 1, 1024),
        Duration.ofSeconds(within("udpIdleSeconds", config.udpIdleSeconds(), 1, 3600)),
        Duration.ofSeconds(within("linklessSeconds", config.linklessSeconds(), 1, 86400)),
        Duration.ofSeconds(within("silentSeconds", config.silentSeconds(), 1, 600)),
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
