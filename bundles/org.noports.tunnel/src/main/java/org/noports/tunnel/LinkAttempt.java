package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.tunnel.Np2Keys;
import org.noports.tunnel.link.Link;
import org.noports.tunnel.link.LinkLimits;
import org.noports.tunnel.link.LinkListener;
import org.noports.tunnel.link.LinkPlan;
import org.noports.tunnel.link.SealedLink;
import org.noports.tunnel.link.SessionRoot;
import org.noports.tunnel.session.SessionChannel;

/** One link of a session, from the relay's connection to its end. On the session's loop. */
final class LinkAttempt implements LinkListener {
  private final SessionChannel session;
  private final CompletableFuture<Void> carried;
  private final Consumer<NoPortsException> failures;
  private Optional<SessionRoot> root = Optional.empty();
  private Optional<FreshKeys> fresh = Optional.empty();
  private boolean superseded;

  LinkAttempt(
      SessionChannel session,
      CompletableFuture<Void> carried,
      Consumer<NoPortsException> failures) {
    this.session = session;
    this.carried = carried;
    this.failures = failures;
  }

  /** Each handshake has one link: the next one comes with a handshake of its own. */
  void begin(Channel relay, Np2Keys keys) {
    if (superseded) {
      relay.close();
      return;
    }
    carried.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            relay.close();
          }
        });
    try {
      SessionRoot ours = new SessionRoot(keys);
      root = Optional.of(ours);
      var plan = new LinkPlan(keys, ours, 0, LinkLimits.DEFAULT);
      SealedLink link = SealedLink.start(relay, plan, this);
      fresh = Optional.of(new FreshKeys(relay.eventLoop(), keys.suites(), link::freshKeys));
      relay.closeFuture().addListener(closed -> fresh.ifPresent(FreshKeys::close));
    } catch (CipherUnavailable e) {
      root.ifPresent(SessionRoot::close);
      carried.completeExceptionally(e);
    }
  }

  void failed(Throwable failure) {
    carried.completeExceptionally(Failures.relay(failure));
  }

  /** Another attempt takes its place, or the session is over. */
  void supersede(NoPortsException why) {
    superseded = true;
    carried.completeExceptionally(why);
  }

  /** A link carries the session. */
  void succeeded() {
    carried.complete(null);
  }

  @Override
  public void opened(Link link) {
    if (superseded) {
      link.close();
    } else {
      session.opened(link);
    }
  }

  @Override
  public void data(Link link, ByteBuf clear) {
    session.data(link, clear);
  }

  @Override
  public void acked(Link link, long offset) {
    session.acked(link, offset);
  }

  @Override
  public void readComplete(Link link) {
    session.readComplete(link);
  }

  @Override
  public void writabilityChanged(Link link) {
    session.writabilityChanged(link);
  }

  @Override
  public void ended(Link link, Optional<NoPortsException> failure) {
    root.ifPresent(SessionRoot::close);
    failure.ifPresent(failures);
    session.ended(link, failure);
    carried.completeExceptionally(
        failure.orElseGet(
            () -> new RelayUnavailable("The other end has closed the new link; try again")));
  }
}
