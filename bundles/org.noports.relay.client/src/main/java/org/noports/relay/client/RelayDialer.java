package org.noports.relay.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The transport {@code tcp}: dials a relay's port and authenticates there. Streams that were handed
 * out are not touched by a change of settings.
 */
@Component(
    service = {RelayTransport.class, HealthCheck.class},
    immediate = true,
    configurationPid = RelayDialer.PID,
    property = RelayTransport.NAME + "=tcp")
@Designate(ocd = RelayDialer.Config.class)
public final class RelayDialer implements RelayTransport, HealthCheck {
  static final String PID = "org.noports.relay.client";

  /** Keys of {@code org.noports.relay.client.cfg}. */
  @ObjectClassDefinition(name = "Relay client", description = "How relays are dialled.")
  public @interface Config {
    @AttributeDefinition(
        name = "Timeout (ms)",
        min = "100",
        max = "60000",
        description =
            "From dialling a relay's port to being let in. Below the five seconds in which a"
                + " command is to name a relay that is gone; longer for very slow lines.")
    int timeoutMillis() default 4000;

    @AttributeDefinition(
        name = "WebSocket port",
        min = "1",
        max = "65535",
        description =
            "Where the transport wss dials a relay's host, in place of the port that the relay has"
                + " handed out; 443 is what proxies let through.")
    int webSocketPort() default 443;

    @AttributeDefinition(
        name = "Trusted CAs",
        description =
            "Comma list of PEM files, or folders of *.pem files, with CAs that are trusted beside the"
                + " JDK's for wss; read at start and whenever these settings change.")
    String trust() default "etc/trust";
  }

  /** Connecting, and the relay's first word. */
  private static final int ROUND_TRIPS = 2;

  private final Dialling dialling;
  private volatile Duration timeout = Duration.ofSeconds(4);
  private volatile String problem = "";

  @Activate
  public RelayDialer(@Reference Dialling dialling, Config config) {
    this.dialling = dialling;
    apply(config);
  }

  @Modified
  void apply(Config config) {
    try {
      timeout = Dialling.timeout(config);
      problem = "";
      RelayClientLog.configured(timeout);
    } catch (IllegalArgumentException e) {
      problem = PID + ".cfg: " + e.getMessage();
      RelayClientLog.unreadable(problem, timeout);
    }
  }

  @Override
  public CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential) {
    requireNonNull(relay, "relay is null");
    return dialling.login(relay, credential, timeout).start(dialling.dial(relay, timeout));
  }

  @Override
  public CompletionStage<Duration> roundTrip(HostPort relay) {
    requireNonNull(relay, "relay is null");
    return RoundTrip.over(dialling.dial(relay, timeout), relay, ROUND_TRIPS, timeout);
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return Health.degraded(problem + "; " + timeout.toMillis() + " ms stay in force");
    }
    return Health.ok("Dials relays over TCP, " + timeout.toMillis() + " ms at most");
  }
}
