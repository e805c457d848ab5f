package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.SessionRefused;
import org.noports.api.TargetUnavailable;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.tunnel.stream.DeviceStreams;

/**
 * The streams of one session at the device: each has a place, then the gate's yes, then what it
 * leads to; in that order, so that what is refused costs nothing.
 */
final class AdmittedStreams implements DeviceStreams {
  private final Surroundings around;
  private final StreamGate gate;
  private final StreamOrigin origin;
  private final ServiceExit services;
  private final UdpExit datagrams;
  private final StreamPlaces streams;
  private final StreamPlaces listens;
  private final Map<ReverseEntrance, StreamRequest.Listen> listening = new ConcurrentHashMap<>();
  private final StandingStreams open;
  private volatile boolean linkless;
  private volatile boolean closed;

  AdmittedStreams(Surroundings around, StreamGate gate, StreamOrigin origin) {
    this.around = around;
    this.gate = gate;
    this.origin = origin;
    this.open = new StandingStreams(gate, origin);
    this.services = new ServiceExit(around, origin, gate);
    this.datagrams = new UdpExit(around);
    this.streams =
        new StreamPlaces(
            "streams",
            "maxConnectionsPerSession",
            "device",
            () -> around.settings().connectionsPerSession());
    this.listens =
        new StreamPlaces(
            "listeners",
            "maxListensPerSession",
            "device",
            () -> around.settings().listensPerSession());
  }

  @Override
  public CompletionStage<Exit> open(StreamRequest.Outgoing request, EventLoop loop) {
    if (!streams.take()) {
      return CompletableFuture.failedFuture(new SessionRefused(streams.exhausted()));
    }
    int begun = open.reviews();
    return Asking.admitted(gate, request)
        .thenComposeAsync(
            yes ->
                (request instanceof StreamRequest.Udp
                        ? datagrams.reach(request.target(), yes.addresses(), loop)
                        : services.reach(request.target(), yes.addresses(), loop))
                    .thenApply(exit -> (Exit) new Placed(exit, request, yes, begun)),
            loop)
        .whenComplete(
            (exit, failure) -> {
              if (failure != null) {
                streams.giveBack();
              }
            });
  }

  @Override
  public CompletionStage<RemoteEntrance> listen(StreamRequest.Listen request, Back back) {
    if (!listens.take()) {
      return CompletableFuture.failedFuture(new SessionRefused(listens.exhausted()));
    }
    return Asking.admitted(gate, request)
        .thenCompose(yes -> bind(request, back))
        .whenComplete(
            (entrance, failure) -> {
              if (failure != null) {
                listens.giveBack();
              }
            });
  }

  private CompletionStage<RemoteEntrance> bind(StreamRequest.Listen request, Back back) {
    LocalAddress address = request.address();
    if (address instanceof LocalAddress.Port port && !port.isLoopback()) {
      return CompletableFuture.failedFuture(
          new SessionRefused(address + " is no loopback address; devices listen nowhere else"));
    }
    var entrance = new ReverseEntrance(back, streams);
    return around
        .listening()
        .makeWay(origin, address)
        .thenCompose(free -> new EntranceBinding(around.loops()).bind(address, entrance::accepted))
        .handle(
            (bound, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(listens(request, entrance, bound))
                    : CompletableFuture.<RemoteEntrance>failedFuture(notBound(failure)))
        .thenCompose(done -> done);
  }

  private static TargetUnavailable notBound(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    return new TargetUnavailable(String.valueOf(cause.getMessage()), cause);
  }

  private RemoteEntrance listens(
      StreamRequest.Listen request, ReverseEntrance entrance, BoundAddress bound) {
    listening.put(entrance, request);
    bound
        .closed()
        .addListener(
            f -> {
              listening.remove(entrance);
              listens.giveBack();
            });
    entrance.listensOn(bound);
    around.listening().add(this, entrance);
    if (closed) {
      entrance.close();
    }
    // The lists may have changed while it was being bound.
    review(entrance, request);
    return entrance;
  }

  @Override
  public void linkless(boolean now) {
    linkless = now;
  }

  /** Whether another session of the same client may take what this one listens on. */
  boolean makesWayFor(StreamOrigin other) {
    return linkless
        && origin.client().equals(other.client())
        && origin.device().equals(other.device());
  }

  @Override
  public void review() {
    listening.forEach(this::review);
    open.review();
  }

  private void review(ReverseEntrance entrance, StreamRequest.Listen request) {
    gate.objection(request)
        .ifPresent(
            why -> {
              TunnelLog.refused(origin.session(), why);
              entrance.close();
            });
    gate.again(request, List.of())
        .thenAccept(
            answer -> {
              if (answer instanceof StreamGate.Refused no) {
                TunnelLog.refused(origin.session(), no.reason());
                entrance.close();
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    listening.keySet().forEach(ReverseEntrance::close);
  }

  /** An exit whose stream gives its place back when it ends. */
  private final class Placed implements Exit {
    private final Exit exit;
    private final StreamRequest.Outgoing request;
    private final StreamGate.Admitted admitted;
    private final int begun;

    Placed(Exit exit, StreamRequest.Outgoing request, StreamGate.Admitted admitted, int begun) {
      this.exit = exit;
      this.request = request;
      this.admitted = admitted;
      this.begun = begun;
    }

    @Override
    public void join(Channel stream) {
      stream.closeFuture().addListener(f -> streams.giveBack());
      open.add(stream, request, admitted, begun);
      exit.join(stream);
    }

    @Override
    public void abandon() {
      streams.giveBack();
      exit.abandon();
    }
  }
}
