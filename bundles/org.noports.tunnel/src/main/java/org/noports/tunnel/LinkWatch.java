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
  /** Each end says something at least as often: what silence is, the other end decides. */
  private static final long SIGN_OF_LIFE_MILLIS = 5_000;

  /**
   * At least so many signs of life that did not come are a silence. Counted and not timed: who was
   * stopped himself has not listened.
   */
  private static final int SILENT_SIGNS = 6;

  private final ResumableSession session;
  private final SessionChannel channel;
  private final List<SessionEnd.LinkListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<String> lost = Optional.empty();
  private Optional<Future<?>> beat = Optional.empty();
  private Optional<Future<?>> limit = Optional.empty();
  private long heard;
  private long mostSilent;
  private int silent;

  LinkWatch(ResumableSession session, SessionChannel channel) {
    this.session = session;
    this.channel = channel;
  }

  void carried() {
    stop();
    silent = 0;
    heard = channel.heard();
    long silence = session.around().settings().silent().toMillis();
    long millis = Math.min(SIGN_OF_LIFE_MILLIS, silence / SILENT_SIGNS);
    mostSilent = silence / millis;
    beat =
        Optional.of(
            session.loop.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS));
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
    if (silent >= mostSilent) {
      channel.drop(
          new RelayUnavailable(
              "Nothing was heard on the link for "
                  + session.around().settings().silent().toSeconds()
                  + " s; the way through the relay is gone"));
    } else {
      channel.acknowledge();
    }
  }

  void lost(String why, Duration linkless) {
    limit(why, linkless);
    listeners.forEach(listener -> listener.lost(why));
  }

  /**
   * There will be no link until another carries the session: only the time begins to run, unless it
   * runs already. A link that stands may carry nothing at that moment: its cipher was just left.
   */
  void replacing(String why, Duration linkless) {
    if (lost.isEmpty()) {
      limit(why, linkless);
    }
  }

  private void limit(String why, Duration linkless) {
    stop();
    lost = Optional.of(why);
    limit =
        Optional.of(
            session.loop.schedule(
                () -> session.end("it had no link for " + linkless.toSeconds() + " s: " + why),
                linkless.toMillis(),
                TimeUnit.MILLISECONDS));
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
