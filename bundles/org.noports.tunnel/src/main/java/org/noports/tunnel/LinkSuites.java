package org.noports.tunnel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.noports.api.CipherUnavailable;
import org.noports.api.SessionGone;
import org.noports.api.Subscription;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.tunnel.link.NewKeys;

/**
 * Which suite a link runs under: another one when what computes it must be left, the one that
 * somebody asks for, and fresh keys under the best whenever a cipher bundle has come or gone
 * (docs/protocol/np2.md 8). One exchange at a time, looked at anew after each. On the link's loop.
 */
final class LinkSuites implements AutoCloseable {
  /** A bundle brings or takes its algorithms one by one; what counts is what is there behind it. */
  private static final Duration SETTLED = Duration.ofMillis(250);

  private static final String NEWS = "a cipher bundle has come or gone";

  private final EventLoop loop;
  private final Suites suites;
  private final Exchanges link;
  private final Subscription changes;
  private final Set<Provider> departed = ConcurrentHashMap.newKeySet();
  private final Set<Provider> denied = new HashSet<>();
  private final Set<Suite> declined = new HashSet<>();
  private final List<CompletableFuture<Boolean>> leaving = new ArrayList<>();
  private final List<CompletableFuture<Boolean>> abandoning = new ArrayList<>();
  private Optional<Future<?>> due = Optional.empty();
  private Optional<Asked> asked = Optional.empty();
  private boolean fresh;
  private boolean exchanged;
  private boolean closed;
  private volatile boolean draining;
  private String departure = "";
  private String cause = NEWS;

  private record Asked(Optional<Suite> suite, CompletableFuture<NewKeys> changed) {}

  /** Whether who asked for a certain suite, or only for fresh keys, has what he wants. */
  static boolean isMet(Optional<Suite> wanted, Suite agreed) {
    return wanted.map(agreed::equals).orElse(true);
  }

  LinkSuites(EventLoop loop, Suites suites, Exchanges link) {
    this.loop = loop;
    this.suites = suites;
    this.link = link;
    this.changes = suites.onChange(this::changed);
  }

  private void changed() {
    try {
      loop.execute(this::await);
    } catch (RejectedExecutionException e) {
      // The tunnel is being stopped, and its links with it.
      changes.close();
    }
  }

  private void await() {
    due.ifPresent(earlier -> earlier.cancel(false));
    exchanged = false;
    if (!closed) {
      due = Optional.of(loop.schedule(this::settled, SETTLED.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void settled() {
    fresh = true;
    declined.clear();
    if (!isForbidden()) {
      // It is not offered for as long as it is denied, and the same one when it is not any more.
      departed.removeAll(denied);
      denied.clear();
    }
    goOn();
  }

  /** Whether there is anything here that both ends named. */
  boolean anyUsable() {
    return !suites.usable().isEmpty();
  }

  /** Completes with true when nothing of it is in use any more, with false if that cannot be. */
  CompletionStage<Boolean> leave(Departure what) {
    CompletionStage<Boolean> left = depart(what, leaving);
    goOn();
    return left;
  }

  private CompletionStage<Boolean> depart(
      Departure what, List<CompletableFuture<Boolean>> waiting) {
    var left = new CompletableFuture<Boolean>();
    departed.addAll(what.providers());
    departure = what.toString();
    declined.clear();
    waiting.add(left);
    return left;
  }

  /**
   * As {@link #leave}, without another record under it. Completes with false if the link ends, or
   * has nothing else to go on under: it must be cut then.
   */
  CompletionStage<Boolean> abandon(Departure what) {
    denied.addAll(what.providers());
    CompletionStage<Boolean> abandoned = depart(what, abandoning);
    if (closed || link.busy()) {
      // What is under way is said under what must not be used any more.
      finish(abandoning, false);
    } else {
      goOn();
    }
    return abandoned;
  }

  private static void finish(List<CompletableFuture<Boolean>> waiting, boolean how) {
    var all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(each -> each.complete(how));
  }

  /** Fresh keys under that suite, or the best. */
  CompletionStage<NewKeys> rekey(Optional<Suite> suite) {
    var changed = new CompletableFuture<NewKeys>();
    if (closed
        || asked.isPresent()
        || suite.isPresent() && !suites.usable().contains(suite.get())) {
      changed.completeExceptionally(
          closed || asked.isPresent()
              ? new SessionGone("Its keys cannot be changed now; try again")
              : unusable(suite.get(), "is not one of"));
      return changed;
    }
    declined.clear();
    asked = Optional.of(new Asked(suite, changed));
    goOn();
    return changed;
  }

  private CipherUnavailable unusable(Suite suite, String why) {
    return new CipherUnavailable(
        "The suite "
            + suite
            + " "
            + why
            + " those that both ends named and this one has now: "
            + suites.usable());
  }

  /** Does what is to be done next, unless an exchange is under way. */
  void goOn() {
    if (closed || link.busy()) {
      return;
    }
    if (isForbidden()) {
      cause = departure;
      candidates().findFirst().ifPresentOrElse(link::leave, () -> finish(abandoning, false));
    } else if (isStuck()) {
      offer(candidates().findFirst(), departure);
      draining = !link.busy();
      if (draining) {
        finish(leaving, false);
      }
    } else {
      draining = false;
      finish(leaving, true);
      finish(abandoning, true);
      offerWhatIsWanted();
    }
  }

  private void offerWhatIsWanted() {
    if (asked.isPresent()) {
      Optional<Suite> wanted = asked.get().suite();
      offer(
          candidates().filter(found -> isMet(wanted, found.suite())).findFirst(),
          "asked for at this end");
      if (!link.busy()) {
        refused(unusable(wanted.orElse(link.inUse().suite()), "is not among"));
      }
    } else if (fresh && isOffered()) {
      Optional<SuiteAlgorithms> best = candidates().findFirst();
      // With nothing usable here the link goes on with what it holds.
      fresh = best.isPresent() && !(exchanged && isInUse(best.get()));
      if (fresh) {
        offer(best, NEWS);
      }
    }
  }

  private boolean isForbidden() {
    return !Collections.disjoint(link.inUse().providers(), denied);
  }

  private boolean isStuck() {
    return !Collections.disjoint(link.inUse().providers(), departed);
  }

  /**
   * What is not offered here any more was stopped or denied, and whoever did it says which by
   * {@link #leave}: nothing is agreed on under what was denied.
   */
  private boolean isOffered() {
    return suites.usable().contains(link.inUse().suite());
  }

  private boolean isInUse(SuiteAlgorithms one) {
    SuiteAlgorithms now = link.inUse();
    return now.suite().equals(one.suite()) && now.providers().equals(one.providers());
  }

  private Stream<SuiteAlgorithms> candidates() {
    return new HeldSuites(suites).except(declined, departed);
  }

  private void offer(Optional<SuiteAlgorithms> algorithms, String why) {
    cause = why;
    algorithms.ifPresent(link::offer);
  }

  /** Both directions have new keys; {@link #goOn} comes behind it. */
  void keysChanged(NewKeys keys) {
    exchanged = true;
    if (keys.ours()) {
      fresh = false;
      // It may have been under way when somebody asked; what he asked for is offered next then.
      Optional<Asked> met = asked.filter(waiting -> isMet(waiting.suite(), keys.suite()));
      if (met.isPresent()) {
        met.get().changed().complete(keys);
        asked = Optional.empty();
      }
    }
  }

  /** The other end has it not; {@link #goOn} comes behind it. */
  void declined(Suite suite) {
    declined.add(suite);
    if (asked.flatMap(Asked::suite).filter(suite::equals).isPresent()) {
      refused(new CipherUnavailable("The other end has not the suite " + suite + " now"));
    }
  }

  private void refused(Exception why) {
    asked.ifPresent(waiting -> waiting.changed().completeExceptionally(why));
    asked = Optional.empty();
  }

  /** Why the last offer of ours was made. */
  String cause() {
    return cause;
  }

  /** Any thread. */
  boolean draining() {
    return draining && isStuck();
  }

  /** The link is gone, and holds nothing any more. */
  @Override
  public void close() {
    closed = true;
    draining = false;
    changes.close();
    due.ifPresent(waiting -> waiting.cancel(false));
    finish(leaving, true);
    finish(abandoning, false);
    refused(new SessionGone("The link is gone; try again when the session has another"));
  }
}
