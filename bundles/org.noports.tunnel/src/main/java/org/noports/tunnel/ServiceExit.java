package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.api.audit.AuditEvent;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.GatedStreamService;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;
import org.noports.tunnel.stream.DeviceStreams.Exit;

/**
 * Where a session's connections leave the tunnel on the device: they are spliced to a TCP service,
 * or given to a {@link StreamService} of this JVM. Last of the data path; one for each session.
 */
final class ServiceExit {
  private final Surroundings around;
  private final StreamOrigin origin;
  private final StreamGate gate;
  private final StandingStreams open;

  /**
   * @param gate decides on each connection that {@link #open} takes, and on what a service opens on
   *     behalf of who comes
   */
  ServiceExit(Surroundings around, StreamOrigin origin, StreamGate gate) {
    this.around = around;
    this.origin = origin;
    this.gate = gate;
    this.open = new StandingStreams(gate, origin);
  }

  private record Reached(Exit exit, StreamGate.Admitted admitted) {}

  /** Has each connection of {@link #open} asked for again; what may not stay ends. */
  void review() {
    open.review();
  }

  int mostConnections() {
    return around.settings().connectionsPerSession();
  }

  /** Takes over a channel to the relay that is clear on our side; called on its loop. */
  void open(Target target, Channel relay) {
    var request = new StreamRequest.Connect(target);
    int begun = open.reviews();
    Asking.admitted(gate, request)
        .thenComposeAsync(
            yes ->
                reach(target, yes.addresses(), relay.eventLoop())
                    .thenApply(exit -> new Reached(exit, yes)),
            relay.eventLoop())
        .whenCompleteAsync(
            (reached, failure) -> {
              if (failure == null) {
                open.add(relay, request, reached.admitted(), begun);
                reached.exit().join(relay);
              } else {
                refuse(relay, Failures.cause(failure).getMessage());
              }
            },
            relay.eventLoop());
  }

  /** Dials, or finds the service. Fails with {@link TargetUnavailable}; completes on the loop. */
  CompletionStage<Exit> reach(Target target, List<InetAddress> exactly, EventLoop loop) {
    return target instanceof Target.Tcp tcp
        ? dial(tcp.address(), exactly, loop)
        : find((Target.Service) target);
  }

  private CompletionStage<Exit> dial(HostPort address, List<InetAddress> exactly, EventLoop loop) {
    var reached = new CompletableFuture<Exit>();
    Duration within = around.settings().connectTimeout();
    (exactly.isEmpty()
            ? around.loops().dial(address, within, loop)
            : around.loops().dial(address, exactly, within, loop))
        .whenComplete(
            (service, failure) -> {
              if (failure == null) {
                reached.complete(new Dialled(service));
              } else {
                Throwable cause = Failures.cause(failure);
                reached.completeExceptionally(new TargetUnavailable(cause.getMessage(), cause));
              }
            });
    return reached;
  }

  private CompletionStage<Exit> find(Target.Service service) {
    Optional<StreamService> present = around.service(service.name());
    return present.isPresent()
        ? CompletableFuture.completedFuture(new Found(service, present.get()))
        : CompletableFuture.failedFuture(
            new TargetUnavailable(
                "there is no " + service + " on this device; start the bundle that offers it"));
  }

  /** A connection to a TCP service. */
  private record Dialled(Channel service) implements Exit {
    @Override
    public void join(Channel stream) {
      Splice.join("the service", service, "the relay", stream);
    }

    @Override
    public void abandon() {
      service.close();
    }
  }

  /** A service of this JVM. */
  private final class Found implements Exit {
    private final Target.Service name;
    private final StreamService service;

    Found(Target.Service name, StreamService service) {
      this.name = name;
      this.service = service;
    }

    @Override
    public void join(Channel stream) {
      try {
        if (service instanceof GatedStreamService gated) {
          gated.accept(ChannelStream.over(stream), origin, gate);
        } else {
          service.accept(ChannelStream.over(stream), origin);
        }
      } catch (RuntimeException | LinkageError e) {
        // Anybody's code, perhaps of a bundle just being replaced: nobody else would hang up.
        refuse(stream, name + " failed: " + e + "; look into the log of the bundle that offers it");
      }
    }

    @Override
    public void abandon() {
      // Nothing was made yet.
    }
  }

  private void refuse(Channel relay, String reason) {
    TunnelLog.refused(origin.session(), reason);
    // Reset, so that the application does not take it for an empty answer.
    Closing.reset(relay);
  }

  void cipherMissing(String reason) {
    TunnelLog.refused(origin.session(), reason);
    Map<String, String> details = new LinkedHashMap<>();
    details.put("session", origin.session().toString());
    details.put("client", origin.client().toString());
    details.put("reason", reason);
    around
        .audit()
        .ifPresent(
            audit ->
                audit.record(
                    new AuditEvent(Instant.now(), "connection-cipher-unavailable", details)));
  }
}
