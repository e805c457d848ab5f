package org.noports.atserver.host;

import java.nio.file.Path;
import java.time.Duration;
import org.noports.atserver.host.tenant.Limits;

/**
 * The configuration as values. Replaced as a whole when the configuration changes; each connection
 * and call reads the one in force when it starts.
 *
 * @param bindAddress local address of all ports
 * @param advertisedHost what the atDirectory is told
 * @param firstPort 0 for any free port
 * @param certificate PEM chain
 * @param key PEM private key
 * @param trust PEM file or folder
 * @param provision folder of {@code *.atsign} files
 * @param register whether a local atDirectory is told
 * @param limits what one peer can take
 */
record HostSettings(
    String bindAddress,
    String advertisedHost,
    int firstPort,
    Path certificate,
    Path key,
    Path trust,
    Path provision,
    boolean register,
    Limits limits) {

  static HostSettings of(HostConfig config) {
    return new HostSettings(
        config.bindAddress().trim(),
        config.advertisedHost().trim(),
        config.firstPort(),
        Path.of(config.certificate()),
        Path.of(config.key()),
        Path.of(config.trust()),
        Path.of(config.provision()),
        config.register(),
        new Limits(
            config.inboundLimit(),
            config.commandLimit(),
            Duration.ofSeconds(config.strangerIdleSeconds()),
            Duration.ofSeconds(config.ownerIdleSeconds()),
            Duration.ofSeconds(config.peerIdleSeconds()),
            Duration.ofMillis(config.peerTimeoutMillis()),
            Duration.ofMinutes(config.notificationExpiryMinutes()),
            config.autoNotify()));
  }

  /** Whether the listeners of {@code other} can serve these settings too. */
  boolean listensLike(HostSettings other) {
    return bindAddress.equals(other.bindAddress) && firstPort == other.firstPort;
  }
}
