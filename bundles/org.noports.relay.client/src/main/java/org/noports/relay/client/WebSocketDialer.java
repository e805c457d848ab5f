package org.noports.relay.client;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
import org.noports.transport.WebSocketUpgrade;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The transport {@code wss}: the same as {@code tcp} within a WebSocket over TLS, for networks that
 * let nothing out but HTTPS. The relay's certificate has to name the host that is dialled. Streams
 * that were handed out are not touched by a change of settings.
 */
@Component(
    service = {RelayTransport.class, HealthCheck.class},
    immediate = true,
    configurationPid = RelayDialer.PID,
    property = RelayTransport.NAME + "=wss")
public final class WebSocketDialer implements RelayTransport, HealthCheck {
  private final WayOut wayOut = new WayOut();
  private volatile Optional<EventLoops> loops = Optional.empty();
  private volatile Optional<CipherCatalogue> catalogue = Optional.empty();
  private volatile Optional<WebSocketSettings> settings = Optional.empty();
  private volatile String problem = "";

  @Activate
  void activate(RelayDialer.Config config) {
    loops = Optional.of(EventLoops.start("noports-wss", 0, wayOut));
    apply(config);
  }

  @Modified
  void apply(RelayDialer.Config config) {
    try {
      settings = Optional.of(WebSocketSettings.of(config));
      problem = "";
    } catch (IOException | RuntimeException e) {
      // Paths are read, too: a text that is none fails as an unchecked exception.
      problem = RelayDialer.PID + ".cfg, for wss: " + e.getMessage();
      RelayClientLog.webSocketUnreadable(problem, settings.isPresent());
    }
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
    Optional<EventLoops> present = loops;
    Optional<WebSocketSettings> now = settings;
    if (present.isEmpty() || now.isEmpty()) {
      String why = present.isEmpty() ? "shutting down" : problem;
      return refused("Relay " + relay + " is not dialled by wss: " + why);
    }
    if (!(requireNonNull(credential, "credential is null")
        instanceof RelayCredential.ChallengeResponse)) {
      return refused(
          "Relay "
              + relay
              + " is not dialled by wss: this session shows signed lines, and a WebSocket port takes"
              + " answers to challenges only; update the relay, or set relayTransport = tcp");
    }
    HostPort door = new HostPort(relay.host(), now.get().port());
    RelayLogin login = new RelayLogin(door, credential, now.get().timeout(), () -> catalogue);
    return login.start(open(present.get(), now.get(), door));
  }

  private static CompletionStage<ByteStream> refused(String sentence) {
    return CompletableFuture.failedFuture(new RelayUnavailable(sentence));
  }

  private static CompletableFuture<Channel> open(
      EventLoops loops, WebSocketSettings settings, HostPort door) {
    CompletableFuture<Channel> opened = new CompletableFuture<>();
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    CompletableFuture<Channel> dialled = loops.dial(door, settings.timeout());
    opened.whenComplete(
        (channel, failure) -> {
          if (failure != null && !dialled.cancel(false)) {
            dialled.thenAccept(Channel::close);
          }
        });
    dialled.whenComplete(
        (channel, failure) -> {
          if (failure == null) {
            upgrade(channel, settings, door, deadline, opened);
          } else {
            opened.completeExceptionally(failure);
          }
        });
    return opened;
  }

  private static void upgrade(
      Channel channel,
      WebSocketSettings settings,
      HostPort door,
      long deadline,
      CompletableFuture<Channel> opened) {
    long left = Math.max(1, deadline - System.nanoTime());
    var alarm =
        channel
            .eventLoop()
            .schedule(
                () -> opened.completeExceptionally(new IOException("it does not answer in time")),
                left,
                TimeUnit.NANOSECONDS);
    opened.whenComplete((done, failure) -> alarm.cancel(false));
    channel.pipeline().addLast(settings.tls().handler(channel.alloc(), door));
    WebSocketUpgrade.ask(channel, door)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                opened.complete(done);
              } else {
                opened.completeExceptionally(failure);
              }
            });
  }

  @Override
  public String component() {
    return RelayDialer.PID + ".wss";
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return settings.isPresent()
          ? Health.degraded(problem + "; the settings before it stay in force")
          : Health.down(problem);
    }
    return loops.isPresent()
        ? Health.ok(
            "Dials relays by WebSocket over TLS at port "
                + settings.map(WebSocketSettings::port).orElse(0))
        : Health.down("not started");
  }
}
