package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.CipherMisbehaved;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.Subscription;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.noports.transport.ChannelStream;
import org.noports.tunnel.session.MultiplexedStream;
import org.noports.tunnel.session.Multiplexer;

/**
 * What both ends of an NP2 session have in common: streams over a channel that outlives its links,
 * and when it is over: when either end says so, when it stood without a link for too long, and,
 * once the grace period is over, when no stream is open. Its decisions are made on its own loop.
 */
abstract class ResumableSession implements OpenEnd, Multiplexer.Host {
  final SessionPlan plan;
  final EventLoop loop;
  final Multiplexer multiplexer;
  private final Surroundings around;
  private final Meter meter = new Meter();
  private final LinkWatch watch;
  private final Violations violations;
  private final SessionSuites suites = new SessionSuites(this);
  private final boolean client;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile Optional<NoPortsException> failure = Optional.empty();
  private volatile Np2Keys linkKeys;
  private Optional<LinkAttempt> attempt = Optional.empty();
  private Optional<Future<?>> grace = Optional.empty();
  private boolean graceOver;
  private volatile boolean over;

  ResumableSession(SessionPlan plan, Np2Keys keys, Surroundings around) {
    this.plan = plan;
    this.linkKeys = keys;
    this.client = keys.client();
    this.around = around;
    this.loop = around.loopOf(keys);
    this.multiplexer = new Multiplexer(loop, keys.client(), this);
    this.watch = new LinkWatch(this, multiplexer.channel());
    this.violations = new Violations(around, plan.id(), keys.client());
  }

  /** Dials the relay for the first time; completes when the other end has proven itself. */
  final CompletionStage<Void> begin(Np2Keys keys) {
    grace =
        Optional.of(
            loop.schedule(this::graceIsOver, plan.grace().toMillis(), TimeUnit.MILLISECONDS));
    return relink(plan.leg(), keys);
  }

  @Override
  public final CompletionStage<Void> relink(RelayLeg leg, Np2Keys next) {
    var carried = new CompletableFuture<Void>();
    onLoop(
        () -> {
          if (over) {
            next.close();
            carried.completeExceptionally(gone());
            return;
          }
          own(next);
          if (attempt.isPresent()) {
            watch.replacing("It is being replaced", around.settings().linkless());
          }
          multiplexer.channel().detach();
          LinkAttempt latest = new LinkAttempt(multiplexer.channel(), carried, violations, suites);
          attempt.ifPresent(
              older -> older.supersede(new SessionGone("A newer link has taken its place")));
          attempt = Optional.of(latest);
          suites.of(latest);
          dial(leg, next, latest);
        });
    return carried;
  }

  private void dial(RelayLeg leg, Np2Keys keys, LinkAttempt latest) {
    leg.dial()
        .thenCompose(stream -> ChannelStream.channelOf(stream, loop))
        .whenComplete(
            (relay, failure) ->
                onLoop(
                    () -> {
                      if (failure != null) {
                        latest.failed(failure);
                      } else {
                        latest.begin(relay, keys);
                      }
                    },
                    () -> Optional.ofNullable(relay).ifPresent(Channel::close)));
  }

  /**
   * What the keys before could open is over; of the first there stays what proves the session, and
   * nothing of later ones does.
   */
  private void own(Np2Keys next) {
    if (next == linkKeys) {
      return;
    }
    linkKeys.root().close();
    linkKeys.confirmClient().close();
    linkKeys.confirmDevice().close();
    linkKeys = next;
    next.resume().close();
    next.export().close();
  }

  /** The session is over: gives up what does not end with its streams. */
  void ending() {}

  final SessionGone gone() {
    return new SessionGone("Session " + plan.id() + " has ended; open a new one");
  }

  final boolean isOver() {
    return over;
  }

  final Surroundings around() {
    return around;
  }

  /** Counts as a connection until it is closed. */
  final void opened() {
    meter.opened();
  }

  private void graceIsOver() {
    graceOver = true;
    if (meter.open() == 0) {
      end("it had no connection within " + plan.grace().toSeconds() + " s");
    }
  }

  @Override
  public void closed(MultiplexedStream stream) {
    meter.closed();
    if (graceOver && meter.open() == 0) {
      end("its last connection was closed");
    }
  }

  @Override
  public final void lost(Optional<NoPortsException> failure) {
    if (!over) {
      if (failure.isPresent() && failure.get() instanceof CipherMisbehaved broken) {
        end(broken);
        return;
      }
      String why = failure.map(Throwable::getMessage).orElse("The other end has closed the link");
      TunnelLog.linkLost(plan.id(), why);
      watch.lost(why, around.settings().linkless());
    }
  }

  @Override
  public final void carried() {
    suites.carried();
    attempt.ifPresent(LinkAttempt::succeeded);
    watch.carried();
  }

  @Override
  public final void over(String why) {
    end(why);
  }

  @Override
  public final Subscription onLink(LinkListener listener) {
    return watch.listen(listener);
  }

  @Override
  public final CompletionStage<String> end(String reason) {
    onLoop(
        () -> {
          if (over) {
            return;
          }
          over = true;
          grace.ifPresent(timer -> timer.cancel(false));
          watch.stop();
          ending();
          multiplexer.close(gone());
          attempt.ifPresent(latest -> latest.supersede(gone()));
          wipe();
          TunnelLog.ended(plan.id(), reason, traffic());
          ended.complete("Session " + plan.id() + " ended: " + reason);
        });
    return ended;
  }

  /** Ends it for a reason that a user can act on. */
  final void end(NoPortsException because) {
    failure = Optional.of(because);
    end(because.getMessage());
  }

  private void wipe() {
    plan.protection().close();
    linkKeys.close();
  }

  final void onLoop(Runnable task) {
    onLoop(task, () -> {});
  }

  final void onLoop(Runnable task, Runnable stopped) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      stopped.run();
      // The tunnel is being stopped: its loops have closed every channel already.
      over = true;
      wipe();
      ended.complete("Session " + plan.id() + " ended: the tunnel was stopped");
    }
  }

  final boolean isClient() {
    return client;
  }

  @Override
  public final Set<Provider> holds() {
    return suites.holds();
  }

  @Override
  public final CompletionStage<Fate> leave(Departure departure) {
    return suites.leave(departure);
  }

  @Override
  public final boolean draining() {
    return suites.draining();
  }

  @Override
  public final Optional<NoPortsException> failure() {
    return failure;
  }

  @Override
  public final CompletionStage<SuiteChange> rekey(Optional<Suite> suite) {
    return suites.rekey(suite);
  }

  @Override
  public final List<SuiteChange> suites() {
    return suites.history();
  }

  @Override
  public final Subscription onSuite(Consumer<SuiteChange> listener) {
    return suites.listen(listener);
  }

  @Override
  public final CompletionStage<String> ended() {
    return ended;
  }

  @Override
  public final Traffic traffic() {
    Traffic counted = meter.traffic();
    return new Traffic(counted.open(), counted.total(), multiplexer.sent(), multiplexer.received());
  }

  @Override
  public final void close() {
    end("it was closed here");
  }
}
