package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;

/**
 * What both ends of a session have in common: the control channel, the open connections, and when
 * it is over (docs/protocol/noports.md 4.8): when the control channel closes, and, once the grace
 * period is over, when no connection is open. Its decisions are made on the control channel's loop.
 */
abstract class LiveSession implements OpenEnd {
  final SessionPlan plan;
  final SessionKeys keys;
  final Channel control;
  final Meter meter = new Meter();
  private final Surroundings around;
  private final String name;
  private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
  private final List<ScheduledFuture<?>> timers = new ArrayList<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile Set<Provider> departed = Set.of();
  private volatile Optional<NoPortsException> failure = Optional.empty();
  private boolean graceOver;
  private volatile boolean over;

  LiveSession(
      SessionPlan plan, SessionKeys keys, Channel control, Surroundings around, String name) {
    this.plan = plan;
    this.keys = keys;
    this.control = control;
    this.around = around;
    this.name = name;
  }

  /** Call once, on the control channel's loop. */
  void begin() {
    control.closeFuture().addListener(f -> end("its control channel was closed by the other side"));
    timers.add(loop().schedule(this::graceIsOver, plan.grace().toMillis(), TimeUnit.MILLISECONDS));
  }

  /** What counts the control channel's bytes, which as a rule are no traffic of the session. */
  Meter meterOfControl() {
    return new Meter();
  }

  /** The session is over: gives up what waits. On the control channel's loop. */
  abstract void ending();

  final EventLoop loop() {
    return control.eventLoop();
  }

  final boolean isOver() {
    return over;
  }

  final void every(long millis, Runnable task) {
    timers.add(loop().scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS));
  }

  private void graceIsOver() {
    graceOver = true;
    if (meter.open() == 0) {
      end("it had no connection within " + plan.grace().toSeconds() + " s");
    }
  }

  /** A connection is being made: counts as open until {@link #connectionClosed}. */
  final void connectionBegun() {
    meter.opened();
  }

  /** A connection has its channel. */
  final void connected(Channel relay) {
    connections.add(relay);
    relay
        .closeFuture()
        .addListener(
            f -> {
              connections.remove(relay);
              connectionClosed();
            });
    if (over) {
      relay.close();
    }
  }

  final void connectionClosed() {
    meter.closed();
    onLoop(
        () -> {
          if (graceOver && meter.open() == 0) {
            end("its last connection was closed");
          }
        });
  }

  @Override
  public final CompletionStage<String> end(String reason) {
    onLoop(
        () -> {
          if (over) {
            return;
          }
          over = true;
          timers.forEach(timer -> timer.cancel(false));
          control.close();
          connections.forEach(Channel::close);
          keys.close();
          ending();
          TunnelLog.ended(plan.id(), reason, meter.traffic());
          ended.complete("Session " + plan.id() + " ended: " + reason);
        });
    return ended;
  }

  @Override
  public final Set<Provider> holds() {
    return Stream.concat(Stream.of(control), connections.stream())
        .flatMap(channel -> TunnelPipeline.providers(channel).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** There is nothing else at these levels: what is open drains or ends. */
  @Override
  public final CompletionStage<Fate> leave(Departure departure) {
    var fate = new CompletableFuture<Fate>();
    onLoop(() -> fate.complete(left(departure)), () -> fate.complete(Fate.UNUSED));
    return fate;
  }

  private Fate left(Departure departure) {
    if (over || !departure.takes(holds())) {
      return Fate.UNUSED;
    }
    var record = new Departed(around, plan.id().toString(), name, departure);
    Fate fate = departure.reason() == Departure.Reason.STOPPED ? Fate.DRAINED : Fate.CLOSED;
    record.audit(CompletableFuture.completedFuture(fate));
    if (fate == Fate.DRAINED) {
      departed = departure.providers();
    } else {
      failure = Optional.of(record.failure());
      end(record.failure().getMessage());
    }
    return fate;
  }

  @Override
  public final boolean draining() {
    return !Collections.disjoint(departed, holds());
  }

  @Override
  public final Optional<NoPortsException> failure() {
    return failure;
  }

  final void onLoop(Runnable task) {
    onLoop(task, () -> {});
  }

  /**
   * Runs a task on the control channel's loop.
   *
   * @param stopped run here instead if there is no loop any more: lets go of what the task was for
   */
  final void onLoop(Runnable task, Runnable stopped) {
    if (loop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop().execute(task);
    } catch (RejectedExecutionException e) {
      stopped.run();
      // The tunnel is being stopped: its loops have closed every channel already.
      over = true;
      keys.close();
      ended.complete("Session " + plan.id() + " ended: the tunnel was stopped");
    }
  }

  @Override
  public final CompletionStage<String> ended() {
    return ended;
  }

  @Override
  public final Traffic traffic() {
    return meter.traffic();
  }

  @Override
  public final void close() {
    end("it was closed here");
  }
}
