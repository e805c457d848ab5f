package org.noports.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;

/**
 * Makes a tunnel of what {@link OpenTunnel} opens, and nothing of what it cannot: an attempt that
 * fails or is cancelled leaves no listener and no connection behind.
 */
final class OpenTunnels implements AutoCloseable {
  /** A kept tunnel that nobody uses is not opened anew every half minute. */
  private static final Duration KEPT_GRACE = Duration.ofHours(24);

  private final OpenTunnel story;
  private final ResumeSession resumption;
  private final ClientSessions sessions;
  private final Receipts receipts;
  private final ClientThreads threads;
  private final Turns resumptions;
  private final Supplier<ClientSettings> settings;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

  OpenTunnels(
      OpenTunnel story,
      ResumeSession resumption,
      ClientSessions sessions,
      Receipts receipts,
      ClientThreads threads,
      Supplier<ClientSettings> settings) {
    this.story = story;
    this.resumption = resumption;
    this.sessions = sessions;
    this.receipts = receipts;
    this.threads = threads;
    this.resumptions = threads.turns();
    this.settings = settings;
  }

  CompletableFuture<TunnelSession> open(TunnelRequest asked, HandshakeListener listener) {
    TunnelRequest request = asked.keep() ? withLongGrace(asked) : asked;
    Attempt attempt = new Attempt(request, settings.get(), listener);
    CompletableFuture<TunnelSession> result = new CompletableFuture<>();
    underWay.add(attempt);
    receipts.requested(attempt);
    result.whenComplete((tunnel, failure) -> underWay.remove(attempt));
    story
        .open(attempt, Optional.empty())
        .whenComplete((joined, failure) -> conclude(attempt, result, joined, failure));
    result.whenComplete(
        (tunnel, failure) -> {
          if (result.isCancelled()) {
            attempt.undo();
          }
        });
    return result;
  }

  private void conclude(
      Attempt attempt, CompletableFuture<TunnelSession> result, Joined joined, Throwable failure) {
    if (failure != null) {
      attempt.undo();
      receipts.refused(attempt, Step.cause(failure));
      result.completeExceptionally(Step.cause(failure));
      return;
    }
    attempt.keep();
    receipts.opened(attempt.request(), joined);
    ClientTunnel tunnel =
        new ClientTunnel(attempt.request(), joined, keeper(attempt), this::linker, receipts);
    sessions.add(tunnel);
    if (!result.complete(tunnel)) {
      tunnel.close();
    }
  }

  private KeepLinked linker(ClientTunnel tunnel) {
    return new KeepLinked(resumption, settings, threads.work(), resumptions, tunnel);
  }

  private Optional<KeepTunnel> keeper(Attempt attempt) {
    return attempt.request().keep()
        ? Optional.of(
            new KeepTunnel(
                story,
                settings,
                threads.work(),
                new Backoff(() -> ThreadLocalRandom.current().nextDouble())))
        : Optional.empty();
  }

  private static TunnelRequest withLongGrace(TunnelRequest asked) {
    return asked.grace().compareTo(KEPT_GRACE) >= 0
        ? asked
        : new TunnelRequest(
            asked.from(),
            asked.device(),
            asked.relay(),
            asked.target(),
            asked.local(),
            true,
            KEPT_GRACE,
            asked.expect(),
            asked.forwards(),
            asked.otherRelays());
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    underWay.forEach(Attempt::undo);
  }
}
