package org.noports.relay.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Notification;
import org.noports.protocol.session.MessageNames;

/**
 * Keeps the relay listening at its own atServer: whenever the service or the atSign changes it
 * subscribes anew, and while that fails it tries again, more and more patiently. Sessions at the
 * relay do not notice.
 *
 * <p>State is touched on the control loop only; what others read is volatile.
 */
final class AtServerLink {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Short, because clients are to be heard within 10 s once our atServer can be reached. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final EventLoop control;
  private final RelayTimer timer;
  private final Consumer<Notification> hear;
  private Optional<AtServers> atServers = Optional.empty();
  private Optional<AtSign> self = Optional.empty();
  private Subscription subscription = () -> {};
  private RelayTimer.Alarm retry = RelayTimer.Alarm.NONE;
  private Duration pause = FIRST_PAUSE;
  private int attempt;
  private volatile Optional<AtServerSession> session = Optional.empty();
  private volatile String problem = "";

  AtServerLink(EventLoop control, RelayTimer timer, Consumer<Notification> hear) {
    this.control = control;
    this.timer = timer;
    this.hear = hear;
  }

  /** Listens there from now on; empty means nowhere. Any thread. */
  void use(Optional<AtServers> service, Optional<AtSign> atSign) {
    control.execute(
        () -> {
          if (!service.equals(atServers) || !atSign.equals(self)) {
            leave();
            atServers = service;
            self = atSign;
            pause = FIRST_PAUSE;
            problem = service.isPresent() ? "" : "no atServer sessions: start org.noports.atserver";
            connect();
          }
        });
  }

  /** The session is over for good: asks for another one. Any thread. */
  void again() {
    control.execute(
        () -> {
          leave();
          pause = FIRST_PAUSE;
          connect();
        });
  }

  private void leave() {
    attempt++;
    retry.stop();
    subscription.close();
    subscription = () -> {};
    session = Optional.empty();
  }

  private void connect() {
    if (atServers.isEmpty() || self.isEmpty()) {
      return;
    }
    int mine = ++attempt;
    opening(atServers.get(), self.get())
        .whenComplete((opened, failure) -> control.execute(() -> connected(mine, opened, failure)));
  }

  private static CompletionStage<AtServerSession> opening(AtServers service, AtSign atSign) {
    try {
      return service.session(atSign);
    } catch (RuntimeException e) {
      // A service that is just being stopped may throw; the next one will be bound.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void connected(int mine, AtServerSession opened, Throwable failure) {
    if (mine != attempt) {
      return;
    }
    if (failure == null) {
      pause = FIRST_PAUSE;
      problem = "";
      session = Optional.of(opened);
      subscription = opened.subscribe(name -> MessageNames.ofRelay(name).isPresent(), hear);
      RelayLog.listening(self.orElseThrow());
      return;
    }
    String why = String.valueOf(Causes.of(failure).getMessage());
    problem = why + "; next attempt in " + pause.toSeconds() + " s";
    RelayLog.notListening(self.orElseThrow(), why, pause.toSeconds());
    retry = timer.after(control, pause, this::connect);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** The session at the atServer, once there is one; any thread. */
  Optional<AtServerSession> session() {
    return session;
  }

  /** Why there is no session; empty if there is one, or it is being opened. Any thread. */
  String problem() {
    return problem;
  }

  /** Stops listening, on the control loop, and before this returns if it is called there. */
  void close() {
    use(Optional.empty(), Optional.empty());
  }
}
