package org.noports.atserver.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noports.atserver.host.record.Bounds;
import org.noports.atserver.host.tenant.EnrollmentLimits;
import org.noports.atserver.host.tenant.Limits;
import org.noports.atserver.host.tenant.Quota;

/**
 * The configuration as values. Replaced as a whole when the configuration changes; each connection
 * and call reads the one in force when it starts.
 *
 * @param bindAddress local address of all ports
 * @param advertisedHost what the atDirectory is told
 * @param firstPort 0 for any free port
 * @param domain below which each atSign has a name on the shared port; empty for no such port
 * @param sharedPort 0 for any free port
 * @param certificate PEM chain
 * @param key PEM private key
 * @param trust PEM file or folder
 * @param clientCertificateRequired whether other atServers must show a certificate of their host
 * @param provision folder of {@code *.atsign} files
 * @param register whether a local atDirectory is told
 * @param addressLimit connections of strangers from one address
 * @param handshake until TLS must stand
 * @param limits what one peer can take
 */
record HostSettings(
    String bindAddress,
    String advertisedHost,
    int firstPort,
    Optional<String> domain,
    int sharedPort,
    Path certificate,
    Path key,
    Path trust,
    boolean clientCertificateRequired,
    Path provision,
    boolean register,
    int addressLimit,
    Duration handshake,
    Limits limits) {

  private static final long MEGABYTE = 1_000_000;

  static HostSettings of(HostConfig config) {
    return new HostSettings(
        config.bindAddress().trim(),
        config.advertisedHost().trim(),
        within(config.firstPort(), 0, 65_535),
        domain(config.domain()),
        within(config.sharedPort(), 0, 65_535),
        path(config.certificate()),
        path(config.key()),
        path(config.trust()),
        config.clientCertificateRequired(),
        path(config.provision()),
        config.register(),
        within(config.addressLimit(), 1, 1_000_000),
        Duration.ofSeconds(within(config.handshakeSeconds(), 1, 60)),
        new Limits(
            quota(config),
            within(config.inboundLimit(), 1, 100_000),
            within(config.commandLimit(), 4_096, 104_857_600),
            Duration.ofSeconds(within(config.strangerIdleSeconds(), 1, 86_400)),
            Duration.ofSeconds(within(config.ownerIdleSeconds(), 60, 31_536_000)),
            Duration.ofSeconds(within(config.crowdedStrangerIdleSeconds(), 0, 86_400)),
            Duration.ofSeconds(within(config.crowdedOwnerIdleSeconds(), 0, 31_536_000)),
            Duration.ofSeconds(within(config.peerIdleSeconds(), 1, 86_400)),
            Duration.ofMillis(within(config.peerTimeoutMillis(), 100, 600_000)),
            Duration.ofMinutes(within(config.notificationExpiryMinutes(), 1, 525_600)),
            new EnrollmentLimits(
                within(config.enrollmentsPerHour(), 1, 10_000),
                Duration.ofHours(within(config.enrollmentExpiryHours(), 1, 87_600)),
                Duration.ofSeconds(within(config.passcodeSeconds(), 1, 31_536_000)),
                Duration.ofMillis(within(config.wrongPasscodeMillis(), 0, 55_000))),
            config.autoNotify(),
            Duration.ofSeconds(within(config.copyRefreshSeconds(), 1, 31_536_000)),
            Optional.of(config.statsSeconds())
                .filter(seconds -> seconds > 0)
                .map(seconds -> Duration.ofSeconds(within(seconds, 1, 86_400)))));
  }

  private static Quota quota(HostConfig config) {
    return new Quota(
        new Bounds(
            within(config.keysLimit(), 1, Integer.MAX_VALUE),
            within(config.megabytesLimit(), 1, Integer.MAX_VALUE) * MEGABYTE,
            within(config.queuedLimit(), 1, Integer.MAX_VALUE)),
        within(config.strangerCommandLimit(), 4_096, 104_857_600),
        within(config.underWayMegabytes(), 1, 100_000) * MEGABYTE);
  }

  /** Operators write it as certificates do, too: {@code *.example.org}. */
  private static Optional<String> domain(String text) {
    String bare = text.trim().toLowerCase(Locale.ROOT).replaceFirst("^(\\*?\\.)", "");
    return Optional.of(bare.replaceFirst("\\.$", "")).filter(name -> !name.isEmpty());
  }

  private static Path path(String text) {
    return Path.of(text.trim()).toAbsolutePath().normalize();
  }

  private static int within(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }

  /** Whether the listeners of {@code other} can serve these settings too. */
  boolean listensLike(HostSettings other) {
    return bindAddress.equals(other.bindAddress)
        && firstPort == other.firstPort
        && domain.equals(other.domain)
        && sharedPort == other.sharedPort
        && handshake.equals(other.handshake);
  }

  /** The files whose change counts without a change of the settings. */
  List<Path> watched() {
    return List.of(certificate, key, trust);
  }
}
