package org.noports.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.Requirement;
import org.noports.protocol.session.ClientClaims;

/**
 * The client as configured.
 *
 * @param from who asks unless a request says otherwise
 * @param relay who carries unless a request says otherwise
 * @param relays the relays that are known here
 * @param relayTransport the name of the transport that dials relays
 * @param only443 whether relays are asked for the port that all sessions share
 * @param relayChoice how long a session waits for a choice among several relays; zero for none
 * @param relayTimeout how long a relay may take to hand out ports
 * @param deviceTimeout how long a device may take to answer a ping
 * @param responseTimeout how long a device may take to admit a session
 * @param allowInsecureL0 whether devices without twin keys are used
 * @param np2 whether NP2 is offered
 * @param require what sessions have to be against quantum computers
 * @param claims what this client says of itself to devices
 * @param heartbeat how often the control channel is used though nothing is said; empty for never
 */
record ClientSettings(
    Optional<AtSign> from,
    Optional<AtSign> relay,
    List<AtSign> relays,
    String relayTransport,
    boolean only443,
    Duration relayChoice,
    Duration relayTimeout,
    Duration deviceTimeout,
    Duration responseTimeout,
    boolean allowInsecureL0,
    boolean np2,
    Requirement require,
    ClientClaims claims,
    Optional<Duration> heartbeat) {
  private static final String SYSTEM_ZONE = "system";

  ClientSettings {
    requireNonNull(from, "from is null");
    requireNonNull(relay, "relay is null");
    relays = List.copyOf(relays);
    requireNonNull(relayTransport, "relayTransport is null");
    requireNonNull(relayChoice, "relayChoice is null");
    requireNonNull(relayTimeout, "relayTimeout is null");
    requireNonNull(deviceTimeout, "deviceTimeout is null");
    requireNonNull(responseTimeout, "responseTimeout is null");
    requireNonNull(require, "require is null");
    requireNonNull(claims, "claims is null");
    requireNonNull(heartbeat, "heartbeat is null");
  }

  /** Reads the configuration; the error says what would do. */
  static ClientSettings of(ClientConfig config) throws ConfigurationInvalid {
    try {
      Optional<AtSign> relay = atSign(config.relay());
      Set<AtSign> relays = new LinkedHashSet<>();
      relay.ifPresent(relays::add);
      Arrays.stream(config.relays().split(","))
          .flatMap(s -> atSign(s).stream())
          .forEach(relays::add);
      return new ClientSettings(
          atSign(config.from()),
          relay,
          List.copyOf(relays),
          config.relayTransport().trim(),
          config.only443(),
          choice(config.relayChoiceMillis()),
          seconds("relayTimeoutSeconds", config.relayTimeoutSeconds(), 1, 60),
          seconds("deviceTimeoutSeconds", config.deviceTimeoutSeconds(), 1, 120),
          seconds("responseTimeoutSeconds", config.responseTimeoutSeconds(), 1, 120),
          config.allowInsecureL0(),
          config.np2(),
          Requirement.of(config.require()),
          claims(config.zone().strip()),
          Optional.of(seconds("heartbeatSeconds", config.heartbeatSeconds(), 0, 3600))
              .filter(every -> !every.isZero()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid("etc/org.noports.client.cfg: " + e.getMessage(), e);
    }
  }

  private static ClientClaims claims(String zone) {
    return new ClientClaims(
        zone.isEmpty()
            ? Optional.empty()
            : Optional.of(zone.equals(SYSTEM_ZONE) ? ZoneId.systemDefault().getId() : zone));
  }

  private static Optional<AtSign> atSign(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(AtSign.of(text));
  }

  private static Duration choice(int millis) {
    if (millis < 0 || millis > 10_000) {
      throw new IllegalArgumentException(
          "relayChoiceMillis = " + millis + " is not between 0 and 10000");
    }
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " = " + value + " is not between " + least + " and " + most);
    }
    return Duration.ofSeconds(value);
  }
}
