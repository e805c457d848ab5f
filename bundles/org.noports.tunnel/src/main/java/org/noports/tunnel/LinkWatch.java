package org.noports.tunnel;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.noports.api.RelayUnavailable;
import org.noports.api.Subscription;
import org.noports.api.tunnel.SessionEnd;
import org.noports.tunnel.session.SessionChannel;

/**
 * Finds links that carry nothing any more, tells who wants to know, and ends a session that stood
 * without one for too long.
 */
final class LinkWatch {
  /** Each end says something as often, so that silence means something. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  /**
   * So many of them in a row without anything heard, and the link is given up: half a minute, in
   * which a machine may stop and go on. Counted and not timed: who was stopped has not listened.
   */
  private static final int SILENT_SIGNS = 6;

  private final ResumableSession session;
  private final SessionChannel channel;
  private final List<SessionEnd.LinkListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<String> lost = Optional.empty();
  private Optional<Future<?>> beat = Optional.empty();
  private Optional<Future<?>> limit = Optional.empty();
  private long heard;
  private int silent;

  LinkWatch(ResumableSession session, SessionChannel channel) {
    this.session = session;
    this.channel = channel;
  }

  void carried() {
    stop();
    silent = 0;
    heard = channel.heard();
    beat =
        Optional.of(
            session.loop.scheduleWithFixedDelay(
                this::beat,
                SIGN_OF_LIFE.toMillis(),
                SIGN_OF_LIFE.toMillis(),
                TimeUnit.MILLISECONDS));
    boolean again = lost.isPresent();
    lost = Optional.empty();
    if (again) {
      TunnelLog.linkRestored(session.plan.id());
      listeners.forEach(SessionEnd.LinkListener::restored);
    }
  }

  private void beat() {
    silent = heard == channel.heard() ? silent + 1 : 0;
    heard = channel.heard();
    if (silent >= SILENT_SIGNS) {
      channel.drop(
          new RelayUnavailable(
              "Nothing was heard on the link for "
                  + SIGN_OF_LIFE.multipliedBy(silent).toSeconds()
                  + " s; the way through the relay is gone"));
    } else {
      channel.acknowledge();
    }
  }

  void lost(String why, Duration linkless) {
    stop();
    lost = Optional.of(why);
    limit =
        Optional.of(
            session.loop.schedule(
                () -> session.end("it had no link for " + linkless.toSeconds() + " s: " + why),
                linkless.toMillis(),
                TimeUnit.MILLISECONDS));
    listeners.forEach(listener -> listener.lost(why));
  }

  void stop() {
    beat.ifPresent(timer -> timer.cancel(false));
    limit.ifPresent(timer -> timer.cancel(false));
  }

  Subscription listen(SessionEnd.LinkListener listener) {
    listeners.add(listener);
    session.onLoop(() -> lost.ifPresent(listener::lost));
    return () -> listeners.remove(listener);
  }
}
