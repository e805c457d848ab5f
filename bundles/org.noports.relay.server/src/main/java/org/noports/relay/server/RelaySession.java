package org.noports.relay.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.relay.RelaySessions.Carried;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.transport.EventLoops;
import org.noports.transport.Pace;

/**
 * One session at the relay, begun by a request and ended by silence: two ports, and the pairs of
 * sockets that meet there. Everything in it happens on one event loop.
 *
 * <p>Its life is the reference relay's (docs/protocol/noports.md 4.8): when its rendezvous time is
 * over, counted from the request, and no pair is joined, it ends; after that it ends as soon as the
 * last pair ends. The control channel counts as a pair. When it ends, both ports and all sockets
 * are released.
 */
final class RelaySession {
  private static final String LAST_ENDED = "its last connection ended";

  private final RelayContext context;
  private final SessionTerms terms;
  private final RelaySettings settings;
  private final EventLoop loop;
  private final Consumer<RelaySession> whenEnded;
  private final Instant since = Instant.now();
  private final SideKeys keys;
  private final SideVerifier clientVerifier;
  private final SideVerifier deviceVerifier;
  private final SidePort clientPort;
  private final SidePort devicePort;
  private final Rendezvous rendezvous = new Rendezvous(this);
  private final RelayTimer.Alarm grace;
  private final ByteRate rate = new ByteRate(System.nanoTime());
  private final SessionWatch watch;
  private volatile Ports ports = new Ports(0, 0);
  private volatile int sockets;
  private int refusedSockets;
  private boolean graceOver;
  private volatile boolean met;
  private boolean ended;

  /**
   * The ports of a session; 0 while it has none.
   *
   * @param client side A's
   * @param device side B's
   */
  record Ports(int client, int device) {}

  RelaySession(
      RelayContext context,
      SessionTerms terms,
      RelaySettings settings,
      Consumer<RelaySession> whenEnded) {
    this.context = context;
    this.terms = terms;
    this.settings = settings;
    this.loop = context.loops().next();
    this.whenEnded = whenEnded;
    this.keys = new SideKeys(context.atServer());
    this.clientVerifier = verifier(RelaySide.CLIENT);
    this.deviceVerifier = verifier(RelaySide.DEVICE);
    this.clientPort = new SidePort(this, RelaySide.CLIENT, clientVerifier);
    this.devicePort = new SidePort(this, RelaySide.DEVICE, deviceVerifier);
    this.watch = new SessionWatch(this, keys);
    this.grace = after(settings.times().rendezvous(), this::graceOver);
  }

  private SideVerifier verifier(RelaySide side) {
    var told = TellSighting.to(side, context.signing(), settings, terms);
    return new SideVerifier(terms, side, keys, context.catalogue(), told);
  }

  /**
   * Fetches the keys that will surely be needed, then opens both ports. Fails with one of the
   * {@link org.noports.api.NoPortsException} family; the caller then ends the session.
   */
  CompletionStage<Ports> open() {
    return onLoop(this::fetchKeys)
        .thenCompose(fetched -> onLoop(this::openPorts))
        .thenApply(
            opened -> {
              ports = opened;
              watch.start();
              return opened;
            });
  }

  private CompletionStage<Ports> openPorts() {
    if (terms.singlePort()) {
      int shared = settings.singlePortAdvertised();
      return CompletableFuture.completedFuture(new Ports(shared, shared));
    }
    return clientPort.open().thenCombine(devicePort.open(), Ports::new);
  }

  /** Whose the answer is that a socket gave at the port that all share; any thread. */
  CompletionStage<Arrival> answered(String said, EscrChallenge challenge) {
    return onLoop(
        () -> {
          try {
            RelaySide side = clientVerifier.sideOf(said, challenge);
            SideVerifier verifier = side == RelaySide.CLIENT ? clientVerifier : deviceVerifier;
            return verifier
                .response(said, challenge)
                .thenApply(tell -> new Arrival(side, true, tell));
          } catch (NoPortsException e) {
            return CompletableFuture.failedFuture(e);
          }
        });
  }

  /** A socket from the port that all share is verified, and on our loop now. */
  void cameBySinglePort(Arrival arrival, Channel channel) {
    if (mayOpen(channel)) {
      rendezvous.arrived(arrival, channel);
    } else {
      channel.close();
    }
  }

  /** The keys of signed lines; those of challenges are named only by the answer. */
  private CompletionStage<Void> fetchKeys() {
    List<CompletableFuture<String>> wanted = new ArrayList<>();
    for (RelaySide side : RelaySide.values()) {
      if (terms.authenticates(side) && !terms.declared().equals(Optional.of(RelayAuthMode.ESCR))) {
        wanted.add(keys.encryptionKey(terms.atSign(side)).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(wanted.toArray(CompletableFuture[]::new));
  }

  /**
   * Looks up signing keys that the client says will be needed; what cannot be had is asked for
   * again by the socket that needs it. Call it where {@link #open} completes: on the loop.
   */
  void preFetch(List<String> uris) {
    keys.preFetch(uris, terms);
  }

  /** How the sides will prove themselves: the client has found out. Any thread. */
  void announced(RelayAuthMode client, RelayAuthMode device) {
    loop.execute(
        () -> {
          clientPort.mode(client);
          devicePort.mode(device);
        });
  }

  /** Ends the session, once; any thread. Completes when its ports are free. */
  CompletionStage<Void> end(String reason) {
    return CompletableFuture.runAsync(() -> endNow(reason), loop);
  }

  /** As {@link #end}, on the loop. */
  void endNow(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    grace.stop();
    watch.stop();
    clientPort.close();
    devicePort.close();
    rendezvous.close();
    terms.relayKey().ifPresent(Secret::close);
    if (ports.client() != 0) {
      RelayLog.ended(this, reason, refusedSockets);
      context.audit().ended(settings.atSign(), carried(), reason);
    }
    whenEnded.accept(this);
  }

  private void graceOver() {
    graceOver = true;
    endIfIdle(
        met
            ? LAST_ENDED
            : "no two sides had met within " + settings.times().rendezvous().toSeconds() + " s");
  }

  private void endIfIdle(String reason) {
    if (graceOver && rendezvous.pairs() == 0) {
      endNow(reason);
    }
  }

  /** The rendezvous has joined a pair. */
  void paired() {
    met = true;
    RelayLog.paired(this);
  }

  /** A pair has ended. */
  void pairEnded() {
    endIfIdle(LAST_ENDED);
  }

  /** Counts a socket that was accepted; false if the session has as many as it may. */
  boolean mayOpen(Channel channel) {
    if (ended || sockets >= settings.limits().socketsPerSession()) {
      return false;
    }
    sockets++;
    channel.closeFuture().addListener(closed -> sockets--);
    return true;
  }

  /** A socket is closed for what it said, or did not say. */
  void socketRefused(RelaySide side, Channel channel, String reason) {
    refusedSockets++;
    RelayLog.socketRefused(this, side, channel.remoteAddress(), reason, refusedSockets == 1);
  }

  /** Whether the address of a socket may open another one now. */
  boolean mayCome(Channel channel) {
    return context.quotas().mayCome(channel.remoteAddress());
  }

  /**
   * Whether nobody is here, no two sides have met, and a third of the time for that is over: its
   * client has most likely given it up, of which a relay is not told. Any thread.
   */
  boolean isDeserted() {
    return watch.isLate() && !met && sockets == 0;
  }

  /** How fast this session may be, together with the client's others. */
  Pace pace() {
    return context.quotas().paceOf(terms.client());
  }

  private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> work) {
    return CompletableFuture.supplyAsync(work, loop).thenCompose(stage -> stage);
  }

  RelayTimer.Alarm after(Duration delay, Runnable task) {
    return context.timer().after(loop, delay, task);
  }

  /** What is carried now; any thread. */
  Carried carried() {
    Ports now = ports;
    long bytes = rendezvous.bytes();
    return new Carried(
        terms.id(),
        terms.client(),
        terms.device(),
        now.client(),
        now.device(),
        rendezvous.pairs(),
        bytes,
        rate.perSecond(bytes, System.nanoTime()),
        since);
  }

  SessionTerms terms() {
    return terms;
  }

  RelaySettings settings() {
    return settings;
  }

  Rendezvous rendezvous() {
    return rendezvous;
  }

  EventLoop loop() {
    return loop;
  }

  EventLoops loops() {
    return context.loops();
  }

  SecureRandom random() {
    return context.random();
  }
}
