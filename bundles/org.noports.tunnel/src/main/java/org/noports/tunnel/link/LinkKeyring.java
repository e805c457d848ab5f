package org.noports.tunnel.link;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.LinkKeys;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordType;

/** All keys of one link, and when they change. */
final class LinkKeyring implements Leaving.Wire, AutoCloseable {
  /** The device leaves the hourly exchange to the client, unless that does not come. */
  private static final Duration DEVICE_WAITS = Duration.ofMinutes(1);

  final Sealing sealing = new Sealing();
  final Opening opening = new Opening();
  private final Channel channel;
  private final LinkPlan plan;
  private final LinkPreface preface;
  private final Events events;
  private final KeyExchange exchange;
  private final Leaving leaving;
  private final List<Future<?>> ages = new ArrayList<>();
  private Optional<Future<?>> patience = Optional.empty();
  private boolean closed;

  /** What the link wants to hear of its keys. */
  interface Events {
    void changed(NewKeys keys);

    void declined(Suite suite);

    void exchangeOver();

    /** Nothing passes until {@link #anew}, or ever. */
    void stopped();

    /** Both directions have keys again, and begin anew. */
    void anew();

    void failed(Throwable cause);
  }

  /** An action that may find its cipher gone. */
  private interface Step {
    void run() throws CipherUnavailable, ProtocolViolation;
  }

  LinkKeyring(Channel channel, LinkPlan plan, Events events) throws CipherUnavailable {
    this.channel = channel;
    this.plan = plan;
    this.events = events;
    this.preface = new LinkPreface(plan.number(), plan.root().epoch());
    this.exchange = new KeyExchange(plan, this);
    this.leaving = new Leaving(plan, exchange, this);
    try {
      sealUnder(plan.root().algorithms(), traffic(true));
      openUnder(plan.root().algorithms(), traffic(false));
      plan.root().spend();
    } catch (CipherUnavailable | RuntimeException e) {
      close();
      throw e;
    }
  }

  LinkPreface preface() {
    return preface;
  }

  /** The content of the confirm record of either end. */
  byte[] confirm(boolean ours) throws CipherUnavailable {
    Np2Keys keys = plan.keys();
    return new LinkKeys(plan.root().algorithms().derivation())
        .confirm(
            keys.client() == ours ? keys.confirmClient() : keys.confirmDevice(),
            keys.transcript(),
            preface);
  }

  /** From now on keys have an age. */
  void opened() {
    every(plan.limits().ratchetAfter(), this::ratchet);
    Duration fresh = plan.limits().freshAfter();
    every(plan.keys().client() ? fresh : fresh.plus(DEVICE_WAITS), this::offerFresh);
  }

  private void every(Duration time, Step step) {
    long nanos = time.toNanos();
    ages.add(
        channel
            .eventLoop()
            .scheduleAtFixedRate(() -> attempt(step), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  private void attempt(Step step) {
    try {
      if (!closed) {
        step.run();
      }
    } catch (CipherUnavailable | ProtocolViolation | RuntimeException e) {
      events.failed(e);
    }
  }

  private void ratchet() {
    if (sealing.used()) {
      channel.writeAndFlush(SealRecords.RATCHET, channel.voidPromise());
    }
  }

  private void offerFresh() throws CipherUnavailable {
    if (!exchanging() && !sealing.stopped()) {
      exchange.offer(exchange.same());
    }
  }

  /** Starts an exchange, or has it follow the one that is under way. */
  void offer(SuiteAlgorithms algorithms) {
    attempt(() -> exchange.offer(algorithms));
  }

  /** Leaves the suite there is without another record under it; not while keys are exchanged. */
  void leave(SuiteAlgorithms algorithms) {
    attempt(() -> leaving.offer(algorithms));
  }

  /**
   * Takes the content of a leave record.
   *
   * @param closing whether we have said goodbye already: then it changes nothing any more
   */
  void left(byte[] content, boolean closing) throws ProtocolViolation, CipherUnavailable {
    KeyChange change = leaving.proven(content);
    if (!closing) {
      leaving.received(change, content);
    }
  }

  /** Takes the content of a rekey or switch record. */
  void received(RecordType type, byte[] content) throws ProtocolViolation, CipherUnavailable {
    KeyChange change = KeyChange.read(type, content);
    if (change instanceof KeyChange.Ratchet) {
      opening.ratchet();
    } else {
      exchange.received(type, change, content);
    }
  }

  @Override
  public void send(RecordType type, byte[] content) {
    channel.writeAndFlush(new SealRecords.Control(type, content), channel.voidPromise());
  }

  @Override
  public void sendClear(byte[] content) {
    channel.writeAndFlush(new SealRecords.Clear(content), channel.voidPromise());
  }

  @Override
  public void stop() {
    sealing.stop();
    opening.stop();
    events.stopped();
  }

  @Override
  public void anew() {
    events.anew();
  }

  @Override
  public void sealUnder(SuiteAlgorithms algorithms, Secret traffic) throws CipherUnavailable {
    sealing.use(algorithms, traffic);
  }

  @Override
  public void openUnder(SuiteAlgorithms algorithms, Secret traffic) throws CipherUnavailable {
    opening.use(algorithms, traffic);
  }

  @Override
  public Secret traffic(boolean ours) throws CipherUnavailable {
    SessionRoot root = plan.root();
    return new LinkKeys(root.algorithms().derivation())
        .traffic(
            root.secret(),
            plan.keys().transcript(),
            new LinkPreface(plan.number(), root.epoch()),
            plan.keys().client() == ours);
  }

  @Override
  public void rootSpent() throws CipherUnavailable {
    plan.root().spend();
  }

  @Override
  public void waits(int exchangeNumber) {
    waitsNoMore();
    patience =
        Optional.of(
            channel
                .eventLoop()
                .schedule(
                    () -> attempt(() -> exchange.giveUp(exchangeNumber)),
                    plan.limits().answerWithin().toNanos(),
                    TimeUnit.NANOSECONDS));
  }

  /** A link has exchanges without end: none leaves anything behind. */
  private void waitsNoMore() {
    patience.ifPresent(timer -> timer.cancel(false));
    patience = Optional.empty();
  }

  @Override
  public void changed(boolean ours) {
    SuiteAlgorithms now = plan.root().algorithms();
    events.changed(new NewKeys(plan.root().epoch(), now.suite(), now.providers(), ours));
  }

  @Override
  public void declined(Suite suite) {
    events.declined(suite);
  }

  @Override
  public void over() {
    // Another may have begun when a cipher was left: the time that it has goes on.
    if (!exchange.underWay()) {
      waitsNoMore();
    }
    events.exchangeOver();
  }

  /** Who brought what an exchange that is under way leads to. */
  Set<Provider> offered() {
    return exchange.next().or(leaving::next).map(SuiteAlgorithms::providers).orElse(Set.of());
  }

  boolean exchanging() {
    return exchange.underWay() || leaving.underWay();
  }

  /** Wipes all keys of the link. Idempotent. */
  @Override
  public void close() {
    closed = true;
    ages.forEach(timer -> timer.cancel(false));
    ages.clear();
    waitsNoMore();
    exchange.close();
    leaving.close();
    sealing.close();
    opening.close();
  }
}
