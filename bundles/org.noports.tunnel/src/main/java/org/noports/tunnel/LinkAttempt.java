package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.tunnel.link.Link;
import org.noports.tunnel.link.LinkLimits;
import org.noports.tunnel.link.LinkListener;
import org.noports.tunnel.link.LinkPlan;
import org.noports.tunnel.link.NewKeys;
import org.noports.tunnel.link.SealedLink;
import org.noports.tunnel.link.SessionRoot;
import org.noports.tunnel.session.SessionChannel;

/** One link of a session, from the relay's connection to its end. On the session's loop. */
final class LinkAttempt implements LinkListener {
  private final SessionChannel session;
  private final CompletableFuture<Void> carried;
  private final Consumer<NoPortsException> failures;
  private final SessionSuites news;
  private volatile Optional<SessionRoot> root = Optional.empty();
  private volatile Optional<LinkSuites> suites = Optional.empty();
  private Optional<SealedLink> sealed = Optional.empty();
  private Optional<Suite> suite = Optional.empty();
  private boolean superseded;

  LinkAttempt(
      SessionChannel session,
      CompletableFuture<Void> carried,
      Consumer<NoPortsException> failures,
      SessionSuites news) {
    this.session = session;
    this.carried = carried;
    this.failures = failures;
    this.news = news;
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
      SessionRoot ours = new SessionRoot(keys, keys.algorithms().held());
      root = Optional.of(ours);
      suite = Optional.of(keys.suite());
      var plan = new LinkPlan(keys, ours, 0, LinkLimits.DEFAULT);
      SealedLink link = SealedLink.start(relay, plan, this);
      sealed = Optional.of(link);
      LinkSuites ofLink = new LinkSuites(relay.eventLoop(), keys.suites(), new Keys(link, ours));
      suites = Optional.of(ofLink);
      relay.closeFuture().addListener(closed -> ofLink.close());
    } catch (CipherUnavailable e) {
      root.ifPresent(SessionRoot::close);
      carried.completeExceptionally(e);
    }
  }

  /** What a link's suites ask of it. */
  private record Keys(SealedLink link, SessionRoot root) implements Exchanges {
    @Override
    public SuiteAlgorithms inUse() {
      return root.algorithms();
    }

    @Override
    public boolean busy() {
      return link.isExchanging();
    }

    @Override
    public void offer(SuiteAlgorithms algorithms) {
      link.freshKeys(algorithms);
    }

    @Override
    public void leave(SuiteAlgorithms algorithms) {
      link.leave(algorithms);
    }
  }

  /** Whose objects it holds. Any thread. */
  Set<Provider> holds() {
    return root.map(it -> it.algorithms().providers()).orElse(Set.of());
  }

  /** The same, and whose it is about to hold. */
  Set<Provider> touches() {
    return sealed.map(SealedLink::providers).orElse(holds());
  }

  /** Empty before the relay has paired it. */
  Optional<LinkSuites> suites() {
    return suites;
  }

  /** Ends it without another byte. */
  void cut(NoPortsException why) {
    sealed.ifPresent(link -> link.cut(why));
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
      suites.ifPresent(LinkSuites::goOn);
    }
  }

  @Override
  public void stopped(Link link) {
    session.stopped(link);
  }

  @Override
  public void keysChanged(Link link, NewKeys keys) {
    // First who hears of it, then who asked for it.
    news.changed(suite.orElse(keys.suite()), keys, suites.map(LinkSuites::cause).orElse(""));
    suites.ifPresent(of -> of.keysChanged(keys));
    suite = Optional.of(keys.suite());
  }

  @Override
  public void declined(Link link, Suite what) {
    suites.ifPresent(of -> of.declined(what));
  }

  @Override
  public void exchangeOver(Link link) {
    suites.ifPresent(LinkSuites::goOn);
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
    suites.ifPresent(LinkSuites::close);
    failure.ifPresent(failures);
    session.ended(link, failure);
    carried.completeExceptionally(
        failure.orElseGet(
            () -> new RelayUnavailable("The other end has closed the new link; try again")));
  }
}
