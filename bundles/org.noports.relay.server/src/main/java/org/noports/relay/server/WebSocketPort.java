package org.noports.relay.server;

import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.SessionId;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;
import org.noports.transport.WebSocketFrames;
import org.noports.transport.WebSocketUpgrade;

/**
 * The port for sides that only HTTPS lets out: a WebSocket over TLS, in which everything is said as
 * at the {@link SinglePort}. Whoever is believed meets the other side of its session wherever that
 * came in.
 */
final class WebSocketPort {
  private final RelayContext context;
  private final Supplier<Optional<RelaySettings>> settings;
  private final SinglePort port;
  private volatile Optional<TlsServer> tls = Optional.empty();
  private volatile String problem = "";

  WebSocketPort(
      RelayContext context,
      Function<SessionId, Optional<RelaySession>> sessions,
      Supplier<Optional<RelaySettings>> settings) {
    this.context = context;
    this.settings = settings;
    this.port = new SinglePort("webSocketPort", context, sessions, settings, this::greet);
  }

  /** Reads the certificate and listens there from now on; what was accepted stays. */
  void listen(Optional<RelaySettings.WebSocketDoor> wanted) {
    problem = "";
    if (wanted.isPresent()) {
      var door = wanted.get();
      try {
        tls = Optional.of(TlsServer.of(new TlsIdentity(door.certificate(), door.key())));
      } catch (IOException e) {
        problem = "the WebSocket port cannot use its certificate: " + e.getMessage();
        RelayLog.webSocketUnusable(problem);
        if (tls.isEmpty()) {
          return;
        }
      }
    }
    port.listen(wanted.map(RelaySettings.WebSocketDoor::address));
  }

  private void greet(Channel channel, Runnable ask) {
    Optional<TlsServer> now = tls;
    if (now.isEmpty()) {
      channel.close();
      return;
    }
    Duration patience = settings.get().map(it -> it.times().authentication()).orElse(Duration.ZERO);
    channel.pipeline().addLast(now.get().handler(channel.alloc()));
    var alarm = context.timer().after(channel.eventLoop(), patience, channel::close);
    WebSocketUpgrade.await(channel)
        .whenComplete(
            (open, failure) -> {
              alarm.stop();
              if (failure == null) {
                ask.run();
                // Who was added just now has missed the beginning.
                channel.pipeline().context(WebSocketFrames.class).fireChannelActive();
              }
            });
  }

  /** Why it does not do what it should; empty if it does. */
  String problem() {
    return problem.isEmpty() ? port.problem() : problem;
  }
}
