package org.noports.relay.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.RelayUnavailable;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.session.RelayAuthMode;

/**
 * One side's port: listens, bounds who may be waiting there, has each socket authenticated and
 * hands it on to the {@link Rendezvous}. Used on the session's loop only.
 */
final class SidePort implements Door {
  private final RelaySession session;
  private final RelaySide side;
  private final SideVerifier verifier;
  private Optional<RelayAuthMode> mode;
  private Optional<Channel> listener = Optional.empty();
  private final PendingSockets pending = new PendingSockets();
  private boolean closed;

  SidePort(RelaySession session, RelaySide side, SideVerifier verifier) {
    this.session = session;
    this.side = side;
    this.verifier = verifier;
    this.mode = session.terms().declared();
  }

  /** Opens the port: the first free one of the range, beginning anywhere. */
  CompletionStage<Integer> open() {
    CompletableFuture<Integer> opened = new CompletableFuture<>();
    PortRange range = session.settings().ports();
    int start = range.size() > 1 ? session.random().nextInt(range.size()) : 0;
    bind(range, start, 0, opened);
    return opened;
  }

  private void bind(PortRange range, int start, int step, CompletableFuture<Integer> opened) {
    InetAddress address = session.settings().bindAddress();
    ChannelFuture binding =
        session
            .loops()
            .listener(session.loop(), this::accept)
            .bind(new InetSocketAddress(address, range.at(start, step)));
    binding.addListener(
        done -> {
          if (binding.isSuccess()) {
            opened(binding.channel(), opened);
          } else if (step + 1 < range.size()) {
            bind(range, start, step + 1, opened);
          } else {
            opened.completeExceptionally(
                new RelayUnavailable(
                    "The relay has no free port at the moment ("
                        + Optional.ofNullable(binding.cause().getMessage()).orElse("cannot bind")
                        + "); try again later",
                    binding.cause()));
          }
        });
  }

  private void opened(Channel channel, CompletableFuture<Integer> opened) {
    if (closed) {
      channel.close();
      opened.completeExceptionally(new RelayUnavailable("The session ended before it began"));
      return;
    }
    listener = Optional.of(channel);
    opened.complete(((InetSocketAddress) channel.localAddress()).getPort());
  }

  private void accept(Channel channel) {
    RelaySettings.Limits limits = session.settings().limits();
    if (!session.mayCome(channel)) {
      refused(
          channel,
          "its address opens more than " + limits.acceptsPerSecond() + " connections a second");
      channel.close();
    } else if (!session.mayOpen(channel)) {
      refused(channel, "the session has " + limits.socketsPerSession() + " sockets already");
      channel.close();
    } else if (!session.terms().authenticates(side)) {
      channel.pipeline().addLast(WaitingSocket.HANDLER);
      session.rendezvous().arrived(new Arrival(side, false), channel);
    } else {
      SocketAuthentication authentication = new SocketAuthentication(this);
      if (pending.add(authentication, channel, limits.pendingPerPort())) {
        channel.pipeline().addLast(authentication, WaitingSocket.HANDLER);
      } else {
        refused(channel, limits.pendingPerPort() + " sockets wait there to be verified already");
        channel.close();
      }
    }
  }

  @Override
  public CompletionStage<Entry> line(String said) {
    return verifier
        .line(said)
        .thenApply(believed -> entry(RelayAuthMode.PAYLOAD, new Arrival(side, true)));
  }

  @Override
  public CompletionStage<Entry> response(String said, EscrChallenge challenge) {
    return verifier
        .response(said, challenge)
        .thenApply(tell -> entry(RelayAuthMode.ESCR, new Arrival(side, true, tell)));
  }

  private Entry entry(RelayAuthMode shown, Arrival arrival) {
    return arrival.entry(
        (verified, channel) -> {
          pending.remove(verified);
          mode(shown);
          session.rendezvous().arrived(arrival, channel);
        });
  }

  @Override
  public void refused(SocketAuthentication unverified, Channel channel, String reason) {
    pending.remove(unverified);
    refused(channel, reason);
  }

  private void refused(Channel channel, String reason) {
    session.socketRefused(side, channel, reason);
  }

  @Override
  public Optional<RelayAuthMode> mode() {
    return mode;
  }

  /** It is known now; sockets that are being found out need not be any more. */
  void mode(RelayAuthMode known) {
    boolean news = mode.isEmpty();
    mode = Optional.of(known);
    if (news) {
      pending.now().forEach(SocketAuthentication::modeKnown);
    }
  }

  @Override
  public Duration patience() {
    return session.settings().times().authentication();
  }

  @Override
  public Duration detectWindow() {
    return session.settings().times().detectWindow();
  }

  @Override
  public RelayTimer.Alarm after(Duration delay, Runnable task) {
    return session.after(delay, task);
  }

  @Override
  public EscrChallenge freshChallenge() {
    return SideVerifier.challenge(session.random());
  }

  /** Stops listening; sockets that were accepted are not touched. */
  void close() {
    closed = true;
    listener.ifPresent(Channel::close);
  }
}
