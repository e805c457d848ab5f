package org.noports.relay.client;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;
import org.noports.transport.WebSocketUpgrade;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

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
  /** TCP, TLS 1.3, and the answer to the request, with the relay's first word behind it. */
  private static final int ROUND_TRIPS = 3;

  private final Dialling dialling;
  private volatile Optional<WebSocketSettings> settings = Optional.empty();
  private volatile String problem = "";

  @Activate
  public WebSocketDialer(@Reference Dialling dialling, RelayDialer.Config config) {
    this.dialling = dialling;
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

  @Override
  public CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential) {
    requireNonNull(relay, "relay is null");
    Optional<WebSocketSettings> now = settings;
    if (now.isEmpty()) {
      return refused("Relay " + relay + " is not dialled by wss: " + problem);
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
    return dialling.login(door, credential, now.get().timeout()).start(open(now.get(), door));
  }

  @Override
  public CompletionStage<Duration> roundTrip(HostPort relay) {
    requireNonNull(relay, "relay is null");
    Optional<WebSocketSettings> now = settings;
    if (now.isEmpty()) {
      return refused("The way to relay " + relay + " is not measured by wss: " + problem);
    }
    HostPort door = new HostPort(relay.host(), now.get().port());
    return RoundTrip.over(open(now.get(), door), door, ROUND_TRIPS, now.get().timeout());
  }

  private static <T> CompletionStage<T> refused(String sentence) {
    return CompletableFuture.failedFuture(new RelayUnavailable(sentence));
  }

  private CompletableFuture<Channel> open(WebSocketSettings settings, HostPort door) {
    CompletableFuture<Channel> opened = new CompletableFuture<>();
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    CompletableFuture<Channel> dialled = dialling.dial(door, settings.timeout());
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
    return Health.ok(
        "Dials relays by WebSocket over TLS at port "
            + settings.map(WebSocketSettings::port).orElse(0));
  }
}
