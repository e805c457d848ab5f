package org.noports.relay.client;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;
import org.noports.transport.EventLoops;
import org.noports.transport.WayOut;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
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

  static final int SHORTEST_MILLIS = 100;
  static final int LONGEST_MILLIS = 60_000;

  /** Keys of {@code org.noports.relay.client.cfg}. */
  @ObjectClassDefinition(name = "Relay client", description = "How relays are dialled.")
  @interface Config {
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

  private final WayOut wayOut = new WayOut();
  private volatile Optional<EventLoops> loops = Optional.empty();
  private volatile Optional<CipherCatalogue> catalogue = Optional.empty();
  private volatile Duration timeout = Duration.ofSeconds(4);
  private volatile String problem = "";

  @Activate
  void activate(Config config) {
    loops = Optional.of(EventLoops.start("noports-dial", 0, wayOut));
    apply(config);
  }

  @Modified
  void apply(Config config) {
    int millis = config.timeoutMillis();
    if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
      problem =
          PID + ".cfg: timeoutMillis = " + millis + " is not between 100 and 60000 milliseconds";
      RelayClientLog.unreadable(problem, timeout);
      return;
    }
    problem = "";
    timeout = Duration.ofMillis(millis);
    RelayClientLog.configured(timeout);
  }

  @Deactivate
  void deactivate() {
    loops.ifPresent(EventLoops::close);
    loops = Optional.empty();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCatalogue(CipherCatalogue service) {
    catalogue = Optional.of(service);
  }

  void unbindCatalogue(CipherCatalogue service) {
    if (catalogue.equals(Optional.of(service))) {
      catalogue = Optional.empty();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProxy(OutgoingProxy service) {
    wayOut.come(service);
  }

  void unbindProxy(OutgoingProxy service) {
    wayOut.go(service);
  }

  @Override
  public CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential) {
    requireNonNull(relay, "relay is null");
    requireNonNull(credential, "credential is null");
    Optional<EventLoops> present = loops;
    if (present.isEmpty()) {
      return CompletableFuture.failedFuture(
          new RelayUnavailable("Relay " + relay + " is not dialled: shutting down"));
    }
    RelayLogin login = new RelayLogin(relay, credential, timeout, () -> catalogue);
    CompletableFuture<Channel> dialled = present.get().dial(relay, timeout);
    return login.start(dialled);
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
    return loops.isPresent()
        ? Health.ok("Dials relays over TCP, " + timeout.toMillis() + " ms at most")
        : Health.down("not started");
  }
}
