package org.noports.tunnel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.noports.api.CipherUnavailable;
import org.noports.api.Subscription;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.noports.tunnel.link.NewKeys;

/**
 * The suites of one NP2 session over all its links: who hears of changes, and how it leaves
 * providers that go. Moved by an exchange on the link it has; without another byte under them if
 * they are denied. On the session's loop.
 */
final class SessionSuites {
  /** One a day for years; a peer that has us change without end takes no memory by it. */
  private static final int MOST_KEPT = 1000;

  private final ResumableSession session;
  private final List<Consumer<SuiteChange>> listeners = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Fate>> untilCarried = new ArrayList<>();
  private volatile Optional<LinkAttempt> link = Optional.empty();
  private volatile List<SuiteChange> history = List.of();
  private Optional<LinkAttempt> counted = Optional.empty();
  private int number = -1;

  SessionSuites(ResumableSession session) {
    this.session = session;
  }

  /** The link that is being made, or that carries the session. */
  void of(LinkAttempt latest) {
    link = Optional.of(latest);
  }

  /** It carries the session, for the first time or behind a cipher that was left. */
  void carried() {
    if (!counted.equals(link)) {
      counted = link;
      number++;
    }
    untilCarried.forEach(waiting -> waiting.complete(Fate.MOVED));
    untilCarried.clear();
  }

  /** Whose objects the session holds. Any thread. */
  Set<Provider> holds() {
    return link.map(LinkAttempt::holds).orElse(Set.of());
  }

  boolean draining() {
    return link.flatMap(LinkAttempt::suites).map(LinkSuites::draining).orElse(false);
  }

  Subscription listen(Consumer<SuiteChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  List<SuiteChange> history() {
    return history;
  }

  private void keep(SuiteChange change) {
    String before =
        history.isEmpty() ? change.providers() : history.get(history.size() - 1).providers();
    if (change.isSwap() || !change.providers().equals(before)) {
      List<SuiteChange> longer = new ArrayList<>(history);
      longer.add(change);
      history = List.copyOf(longer.subList(Math.max(0, longer.size() - MOST_KEPT), longer.size()));
    }
  }

  /** The link has fresh keys. */
  void changed(Suite before, NewKeys keys, String cause) {
    var change =
        new SuiteChange(
            Instant.now(),
            number,
            keys.epoch(),
            before,
            keys.suite(),
            keys.ours() == session.isClient(),
            keys.ours() ? cause : "the other end asked for it",
            bundles(keys.providers()));
    TunnelLog.keysChanged(session.plan.id(), change);
    keep(change);
    listeners.forEach(listener -> listener.accept(change));
  }

  private static String bundles(Set<Provider> providers) {
    return providers.stream()
        .map(provider -> provider.algorithm().bundle())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  CompletionStage<SuiteChange> rekey(Optional<Suite> suite) {
    var changed = new CompletableFuture<SuiteChange>();
    session.onLoop(
        () -> {
          Optional<LinkSuites> suites = link.flatMap(LinkAttempt::suites);
          if (session.isOver() || suites.isEmpty()) {
            changed.completeExceptionally(session.gone());
            return;
          }
          Subscription news = listen(change -> completed(change, suite, changed));
          suites
              .get()
              .rekey(suite)
              .whenComplete(
                  (keys, failure) -> {
                    news.close();
                    if (failure != null) {
                      changed.completeExceptionally(Failures.cause(failure));
                    }
                  });
        },
        () -> changed.completeExceptionally(session.gone()));
    return changed;
  }

  private void completed(
      SuiteChange change, Optional<Suite> wanted, CompletableFuture<SuiteChange> ours) {
    if (change.byClient() == session.isClient() && LinkSuites.isMet(wanted, change.suite())) {
      ours.complete(change);
    }
  }

  CompletionStage<Fate> leave(Departure departure) {
    var fate = new CompletableFuture<Fate>();
    session.onLoop(() -> leave(departure, fate), () -> fate.complete(Fate.UNUSED));
    return fate;
  }

  private void leave(Departure departure, CompletableFuture<Fate> fate) {
    if (session.isOver() || link.isEmpty() || !departure.takes(link.get().touches())) {
      fate.complete(Fate.UNUSED);
      return;
    }
    new Departed(session, departure).audit(fate);
    Optional<LinkSuites> suites = link.flatMap(LinkAttempt::suites);
    boolean denied = departure.reason() == Reason.DENIED;
    if (departure.reason() == Reason.MISBEHAVED
        || denied && !suites.map(LinkSuites::anyUsable).orElse(true)) {
      close(departure, fate);
      return;
    }
    var deadline =
        session.loop.schedule(
            () -> close(departure, fate), departure.within().toNanos(), TimeUnit.NANOSECONDS);
    fate.thenRun(() -> deadline.cancel(false));
    session.ended().thenRun(() -> fate.complete(Fate.CLOSED));
    if (denied) {
      forsake(departure, suites, fate);
    } else {
      suites.ifPresent(of -> of.leave(departure).thenAccept(moved -> left(moved, departure, fate)));
    }
  }

  /**
   * Without another byte under it. In the link, where the root tells who is at the other end: what
   * seals records never had anything of that. By a signed resumption, if it made the root, or if
   * that does not go.
   */
  private void forsake(
      Departure departure, Optional<LinkSuites> suites, CompletableFuture<Fate> fate) {
    if (suites.isEmpty() || !sealsOnly(departure)) {
      cut(departure, fate);
      return;
    }
    var patience =
        session.loop.schedule(
            () -> cut(departure, fate), departure.within().toNanos() / 2, TimeUnit.NANOSECONDS);
    fate.thenRun(() -> patience.cancel(false));
    suites
        .get()
        .abandon(departure)
        .thenAccept(
            moved -> {
              if (moved) {
                fate.complete(Fate.MOVED);
              } else {
                cut(departure, fate);
              }
            });
  }

  private boolean sealsOnly(Departure departure) {
    return link.orElseThrow().touches().stream()
        .filter(departure.providers()::contains)
        .allMatch(one -> one.algorithm().kind().equals(PresentAlgorithm.RECORD));
  }

  private void cut(Departure departure, CompletableFuture<Fate> fate) {
    if (!fate.isDone() && !untilCarried.contains(fate)) {
      untilCarried.add(fate);
      link.ifPresent(
          it -> it.cut(new CipherUnavailable(departure + ": nothing more is sent under it")));
    }
  }

  private void left(boolean moved, Departure departure, CompletableFuture<Fate> fate) {
    if (moved) {
      fate.complete(Fate.MOVED);
    } else if (departure.reason() == Reason.STOPPED) {
      fate.complete(Fate.DRAINED);
    } else {
      close(departure, fate);
    }
  }

  private void close(Departure departure, CompletableFuture<Fate> fate) {
    if (fate.isDone()) {
      return;
    }
    session.end(new Departed(session, departure).failure());
    fate.complete(Fate.CLOSED);
  }
}
