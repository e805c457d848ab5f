package org.noports.relay.server;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.HostPort;

/**
 * What the relay's operator has decided, checked. A session keeps the settings it began with.
 *
 * @param atSign the relay's own
 * @param address what both sides are told to dial
 * @param bindAddress the local address that ports are opened on
 * @param ports which ports
 * @param singlePort the one for clients that can reach no other; 0 for none
 * @param singlePortAdvertised what these clients are told to dial
 * @param webSocket where WebSockets are taken; empty for nowhere
 * @param clients who may ask; empty for everybody
 * @param times how long each thing may take
 * @param limits how much of each thing there may be
 * @param draining whether no more sessions are taken
 * @param sharedAtSign whether other relays answer for the same atSign
 * @param tellAddresses whether devices that ask are told where a client's socket comes from
 */
record RelaySettings(
    AtSign atSign,
    String address,
    InetAddress bindAddress,
    PortRange ports,
    int singlePort,
    int singlePortAdvertised,
    Optional<WebSocketDoor> webSocket,
    Optional<Set<AtSign>> clients,
    Times times,
    Limits limits,
    boolean draining,
    boolean sharedAtSign,
    boolean tellAddresses) {
  /** The word that opens the relay to everybody; the reference relay uses the same. */
  static final String OPEN = "open";

  RelaySettings {
    requireNonNull(atSign, "atSign is null");
    requireNonNull(address, "address is null");
    requireNonNull(bindAddress, "bindAddress is null");
    requireNonNull(ports, "ports is null");
    requireNonNull(webSocket, "webSocket is null");
    clients = clients.map(Set::copyOf);
    requireNonNull(times, "times is null");
    requireNonNull(limits, "limits is null");
  }

  /** The port for WebSockets, and the PEM files that it shows and proves itself with. */
  record WebSocketDoor(InetSocketAddress address, Path certificate, Path key) {}

  /**
   * How long each thing may take.
   *
   * @param detectWindow silence after which a socket is taken for one that waits for a challenge
   * @param authentication from accepting a socket to having verified it
   * @param rendezvous from handing out ports, or from a socket's arrival, to its counterpart's
   * @param idle silence after which a pair is closed
   * @param keyCheck from one look at the keys of a session's peers to the next
   */
  record Times(
      Duration detectWindow,
      Duration authentication,
      Duration rendezvous,
      Duration idle,
      Duration keyCheck) {}

  /**
   * How much of each thing there may be.
   *
   * @param sessions at once
   * @param sessionsPerClient at once, asked for by one atSign
   * @param socketsPerSession sockets open at once, both sides together
   * @param pendingPerPort sockets that have not authenticated yet, on one port
   * @param portsPerClient at once, of the sessions that one atSign has asked for
   * @param acceptsPerSecond sockets that one IP address may open
   * @param bytesPerSecond both ways, of all sessions that one atSign has asked for; 0 for no limit
   */
  record Limits(
      int sessions,
      int sessionsPerClient,
      int socketsPerSession,
      int pendingPerPort,
      int portsPerClient,
      int acceptsPerSecond,
      long bytesPerSecond) {}

  /** The single port as others dial it; empty if there is none. */
  OptionalInt singlePortTold() {
    return singlePort == 0 ? OptionalInt.empty() : OptionalInt.of(singlePortAdvertised);
  }

  /** Where the single port listens. */
  Optional<InetSocketAddress> singlePortAddress() {
    return singlePort == 0
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(bindAddress, singlePort));
  }

  /**
   * Reads a configuration; empty where it names no atSign, which means no relay.
   *
   * @throws ConfigurationInvalid naming the file, the key and what would do
   */
  static Optional<RelaySettings> of(RelayConfig config) throws ConfigurationInvalid {
    try {
      return config.atSign().isBlank() ? Optional.empty() : Optional.of(read(config));
    } catch (RuntimeException e) {
      // Component annotations are converted when read: a word where a number belongs ends here too.
      throw new ConfigurationInvalid("org.noports.relay.server.cfg: " + e.getMessage(), e);
    }
  }

  private static RelaySettings read(RelayConfig config) {
    return new RelaySettings(
        AtSign.of(config.atSign()),
        advertised(config.address()),
        bindAddress(config.bindAddress()),
        PortRange.of(config.portRange()),
        within("singlePort", config.singlePort(), 0, 65_535),
        within("singlePortAdvertised", config.singlePortAdvertised(), 1, 65_535),
        webSocket(config),
        clients(config.clients()),
        new Times(
            Duration.ofMillis(within("detectWindowMillis", config.detectWindowMillis(), 0, 5000)),
            Duration.ofSeconds(
                within("authenticationSeconds", config.authenticationSeconds(), 1, 60)),
            Duration.ofSeconds(within("rendezvousSeconds", config.rendezvousSeconds(), 1, 600)),
            Duration.ofSeconds(within("idleSeconds", config.idleSeconds(), 60, 31_536_000)),
            Duration.ofSeconds(within("keyCheckSeconds", config.keyCheckSeconds(), 10, 86_400))),
        new Limits(
            within("maxSessions", config.maxSessions(), 1, 30_000),
            within("maxSessionsPerClient", config.maxSessionsPerClient(), 1, 30_000),
            within("maxSocketsPerSession", config.maxSocketsPerSession(), 2, 65_536),
            within("maxPendingPerPort", config.maxPendingPerPort(), 1, 4096),
            within("maxPortsPerClient", config.maxPortsPerClient(), 2, 65_536),
            within("acceptsPerSecond", config.acceptsPerSecond(), 1, 1_000_000),
            1000L * within("kilobytesPerSecond", config.kilobytesPerSecond(), 0, 100_000_000)),
        config.draining(),
        config.sharedAtSign(),
        config.tellAddresses());
  }

  private static Optional<WebSocketDoor> webSocket(RelayConfig config) {
    int port = within("webSocketPort", config.webSocketPort(), 0, 65_535);
    return port == 0
        ? Optional.empty()
        : Optional.of(
            new WebSocketDoor(
                new InetSocketAddress(bindAddress(config.bindAddress()), port),
                Path.of(config.certificate().trim()).toAbsolutePath().normalize(),
                Path.of(config.key().trim()).toAbsolutePath().normalize()));
  }

  private static String advertised(String text) {
    String address = text.trim();
    if (address.isEmpty()) {
      throw new IllegalArgumentException(
          "address is empty: set the host name or IP address that clients and devices dial");
    }
    if (address.indexOf(',') >= 0) {
      // The older reply form separates its four fields by commas.
      throw new IllegalArgumentException("address = " + address + " must be one host, no list");
    }
    return new HostPort(address, 1).host();
  }

  private static InetAddress bindAddress(String text) {
    try {
      return InetAddress.getByName(text.trim());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "bindAddress = " + text + " is no address of this machine, for example 0.0.0.0", e);
    }
  }

  private static Optional<Set<AtSign>> clients(String text) {
    if (text.trim().equalsIgnoreCase(OPEN)) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(text.split(","))
            .map(String::trim)
            .filter(name -> !name.isEmpty())
            .map(AtSign::of)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static int within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " = " + value + " is not between " + least + " and " + most);
    }
    return value;
  }
}
