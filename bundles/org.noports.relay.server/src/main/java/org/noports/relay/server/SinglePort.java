package org.noports.relay.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionId;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.transport.EventLoops;

/**
 * The one port that all sessions share whose clients can reach no other (docs/protocol/noports.md
 * 4.4): every socket answers a challenge, and its answer names session and side. Used on one loop;
 * who is believed moves to the session's.
 */
final class SinglePort implements Door {
  private final String key;
  private final EventLoop loop;
  private final RelayContext context;
  private final Greeting greeting;
  private final Function<SessionId, Optional<RelaySession>> sessions;
  private final Supplier<Optional<RelaySettings>> settings;
  private final PendingSockets pending = new PendingSockets();
  private Optional<InetSocketAddress> wanted = Optional.empty();
  private Optional<Channel> listener = Optional.empty();
  private volatile String problem = "";

  /**
   * Opens nothing yet.
   *
   * @param key the setting that names the port
   * @param sessions those that meet here
   */
  SinglePort(
      String key,
      RelayContext context,
      Function<SessionId, Optional<RelaySession>> sessions,
      Supplier<Optional<RelaySettings>> settings,
      Greeting greeting) {
    this.key = key;
    this.greeting = greeting;
    this.loop = context.loops().next();
    this.context = context;
    this.sessions = sessions;
    this.settings = settings;
  }

  /** Listens there from now on; empty for nowhere. What it has accepted stays. Any thread. */
  void listen(Optional<InetSocketAddress> address) {
    loop.execute(
        () -> {
          if (!address.equals(wanted) || (address.isPresent() && listener.isEmpty())) {
            wanted = address;
            problem = "";
            CompletableFuture<Void> left = new CompletableFuture<>();
            listener.ifPresentOrElse(
                open -> open.close().addListener(closed -> left.complete(null)),
                () -> left.complete(null));
            listener = Optional.empty();
            left.thenRun(() -> address.ifPresent(this::bind));
          }
        });
  }

  private void bind(InetSocketAddress address) {
    ChannelFuture binding = context.loops().listener(loop, this::accept).bind(address);
    binding.addListener(
        done -> {
          if (!wanted.equals(Optional.of(address))) {
            binding.channel().close();
          } else if (done.isSuccess()) {
            listener = Optional.of(binding.channel());
          } else {
            problem =
                "the single port "
                    + address.getPort()
                    + " cannot be opened: "
                    + done.cause().getMessage()
                    + "; free it, or set "
                    + key
                    + " to another";
            RelayLog.singlePortClosed(problem);
          }
        });
  }

  /** Why it does not listen though it should; empty if it does. Any thread. */
  String problem() {
    return problem;
  }

  private void accept(Channel channel) {
    Optional<RelaySettings> now = settings.get();
    SocketAuthentication authentication = new SocketAuthentication(this);
    if (now.isEmpty()
        || !context.quotas().mayCome(channel.remoteAddress())
        || !pending.add(authentication, channel, now.get().limits().pendingPerPort())) {
      channel.close();
      return;
    }
    // On whichever loop it is by then: who leaves during the greeting is not pending either.
    channel.closeFuture().addListener(gone -> pending.remove(authentication));
    greeting.greet(
        channel, () -> channel.pipeline().addLast(authentication, WaitingSocket.HANDLER));
  }

  @Override
  public CompletionStage<Entry> line(String said) {
    return CompletableFuture.failedFuture(
        new PeerUnverified("A signed line was sent to the single port, which takes answers only"));
  }

  @Override
  public CompletionStage<Entry> response(String said, EscrChallenge challenge) {
    try {
      SessionId id = EscrLine.parse(said).sessionId();
      RelaySession session =
          sessions
              .apply(id)
              .orElseThrow(() -> new PeerUnverified("No session " + id + " meets at this port"));
      return session
          .answered(said, challenge)
          .thenApply(
              arrival ->
                  arrival.entry(
                      (verified, channel) -> {
                        pending.remove(verified);
                        EventLoops.move(channel, session.loop())
                            .thenAccept(moved -> session.cameBySinglePort(arrival, moved));
                      }));
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void refused(SocketAuthentication unverified, Channel channel, String reason) {
    pending.remove(unverified);
    RelayLog.singlePortRefused(channel.remoteAddress(), reason);
  }

  @Override
  public Optional<RelayAuthMode> mode() {
    return Optional.of(RelayAuthMode.ESCR);
  }

  /** Twice as long as elsewhere, as in the reference: lines that need this port are slow ones. */
  @Override
  public Duration patience() {
    return settings
        .get()
        .map(now -> now.times().authentication().multipliedBy(2))
        .orElse(Duration.ZERO);
  }

  @Override
  public Duration detectWindow() {
    return Duration.ZERO;
  }

  @Override
  public RelayTimer.Alarm after(Duration delay, Runnable task) {
    return context.timer().after(loop, delay, task);
  }

  @Override
  public EscrChallenge freshChallenge() {
    return SideVerifier.challenge(context.random());
  }
}
