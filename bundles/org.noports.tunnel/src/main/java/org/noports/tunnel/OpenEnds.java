package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.noports.api.CipherUnavailable;
import org.noports.api.Target;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.transport.ChannelStream;

/**
 * All ends of sessions that are open here: opens one as its plan's protection asks for, and holds
 * it until it is over.
 */
final class OpenEnds {
  /** How long behind its deadline a session may be, less than whoever waits for it allows. */
  private static final Duration LATE = Duration.ofSeconds(1);

  private final Surroundings around;
  private final Set<OpenEnd> all = ConcurrentHashMap.newKeySet();

  OpenEnds(Surroundings around) {
    this.around = around;
  }

  /** As {@link org.noports.api.tunnel.TunnelEnds#openClientEnd}. */
  CompletionStage<ClientEnd> openClient(SessionPlan plan) {
    if (plan.protection() instanceof Np2Keys keys) {
      return begin(new ResumableClient(plan, keys, around), keys).thenApply(session -> session);
    }
    var result = new CompletableFuture<ClientEnd>();
    open(plan, true, (keys, control) -> new ClientSession(plan, keys, control, around), result);
    return result;
  }

  /** As {@link org.noports.api.tunnel.TunnelEnds#openDeviceEnd}. */
  CompletionStage<SessionEnd> openDevice(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    if (plan.protection() instanceof Np2Keys keys) {
      var streams = new AdmittedStreams(around, gate, origin);
      return begin(new ResumableDevice(plan, keys, around, streams, target), keys)
          .thenApply(session -> session);
    }
    var result = new CompletableFuture<SessionEnd>();
    var exit = new ServiceExit(around, origin, gate);
    open(
        plan,
        false,
        (keys, control) -> new DeviceSession(plan, keys, control, around, exit, target),
        result);
    return result;
  }

  /** As {@link org.noports.api.tunnel.TunnelEnds#openSingleDeviceEnd}. */
  CompletionStage<SessionEnd> openSingleDevice(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    var result = new CompletableFuture<SessionEnd>();
    var exit = new ServiceExit(around, origin, gate);
    open(
        plan,
        false,
        (keys, relay) -> new SingleSession(plan, keys, relay, around, exit, target),
        result);
    return result;
  }

  /** It is held, so that who leaves a cipher from now on finds it. */
  private static <S extends LiveSession> void opened(
      S session, boolean client, Directions control, CompletableFuture<? super S> result) {
    try {
      control.confirm(session.keys.cipher());
    } catch (CipherUnavailable e) {
      session.end(e.getMessage());
      result.completeExceptionally(e);
      return;
    }
    session.begin();
    TunnelLog.opened(session.plan, client ? "client" : "device");
    if (!result.complete(session)) {
      session.end("nobody waited for it any more");
    }
  }

  private <S extends LiveSession> void open(
      SessionPlan plan,
      boolean client,
      BiFunction<SessionKeys, Channel, S> end,
      CompletableFuture<? super S> result) {
    var keys = (SessionKeys) plan.protection();
    try {
      var directions = Directions.ofControl(keys, client);
      EventLoop loop = around.loops().next();
      plan.leg()
          .dial()
          .thenCompose(stream -> ChannelStream.channelOf(stream, loop))
          .thenAcceptAsync(
              control -> {
                S session = end.apply(keys, control);
                TunnelPipeline.seal(control, directions, session.meterOfControl());
                hold(session);
                opened(session, client, directions, result);
              },
              loop)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  directions.close();
                  keys.close();
                  result.completeExceptionally(Failures.relay(failure));
                }
              });
    } catch (CipherUnavailable e) {
      keys.close();
      result.completeExceptionally(e);
    }
  }

  private <S extends ResumableSession> CompletionStage<S> begin(S session, Np2Keys keys) {
    hold(session);
    return session
        .begin(keys)
        .thenApply(
            carried -> {
              TunnelLog.opened(session.plan, keys.client() ? "client" : "device");
              return session;
            })
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                session.end("it got no link: " + Failures.cause(failure).getMessage());
              }
            });
  }

  private void hold(OpenEnd session) {
    all.add(session);
    session.ended().thenAccept(why -> all.remove(session));
  }

  /** Ends all of them; completes when the last is over. */
  CompletableFuture<Void> endAll(String reason) {
    return CompletableFuture.allOf(
        all.stream()
            .map(session -> session.end(reason).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** As {@link org.noports.api.cipher.CipherUser#usage}. */
  Map<Provider, Integer> usage() {
    Map<Provider, Integer> sessions = new HashMap<>();
    all.stream()
        .filter(session -> !session.ended().toCompletableFuture().isDone())
        .forEach(session -> session.holds().forEach(one -> sessions.merge(one, 1, Integer::sum)));
    return sessions;
  }

  /** As {@link org.noports.api.cipher.CipherUser#leave}. */
  CompletionStage<CipherUser.Outcome> leave(Departure departure) {
    if (all.isEmpty()) {
      return CompletableFuture.completedFuture(CipherUser.Outcome.NOTHING);
    }
    List<CompletableFuture<Fate>> fates =
        all.stream().map(session -> session.leave(departure).toCompletableFuture()).toList();
    return around.isOnLoop()
        // Whoever waited here would keep what he waits for from being done.
        ? CompletableFuture.completedFuture(CipherUser.Outcome.NOTHING)
        : CompletableFuture.allOf(fates.toArray(CompletableFuture[]::new))
            .completeOnTimeout(
                null, departure.within().plus(LATE).toMillis(), TimeUnit.MILLISECONDS)
            .thenApply(done -> count(fates));
  }

  /** One whose deadline is over is closed as soon as its loop, which is busy, comes to it. */
  private static CipherUser.Outcome count(List<CompletableFuture<Fate>> fates) {
    List<Fate> all = fates.stream().map(fate -> fate.getNow(Fate.CLOSED)).toList();
    return new CipherUser.Outcome(
        Collections.frequency(all, Fate.MOVED),
        Collections.frequency(all, Fate.DRAINED),
        Collections.frequency(all, Fate.CLOSED));
  }

  /** How many there are, for people. */
  @Override
  public String toString() {
    int connections = all.stream().mapToInt(session -> session.traffic().open()).sum();
    return all.size() + " sessions, " + connections + " connections";
  }
}
