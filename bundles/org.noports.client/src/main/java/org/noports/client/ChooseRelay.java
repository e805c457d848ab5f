package org.noports.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.relay.RelayChoice;
import org.noports.api.relay.RelayChoice.Candidate;
import org.noports.api.session.TunnelRequest;

/**
 * Puts the relays that would do into the order in which they are asked; a step of OpenTunnel. The
 * choice may be anybody's code and may fail: then it is the configured order, and in time.
 */
final class ChooseRelay {
  /** Of the time that a session waits, the part that is kept for the answer's way to us. */
  private static final int ANSWERING = 10;

  private final Neighbours neighbours;
  private final RelayChoice nearest;

  /**
   * @param nearest decides unless another choice is here
   */
  ChooseRelay(Neighbours neighbours, RelayChoice nearest) {
    this.neighbours = neighbours;
    this.nearest = nearest;
  }

  /** All of them, best first; at least one, and never later than the settings allow. */
  CompletionStage<List<Candidate>> order(Attempt attempt) {
    TunnelRequest request = attempt.request();
    List<AtSign> relays = request.relays();
    Duration within = attempt.settings().relayChoice();
    if (relays.size() == 1 || within.isZero()) {
      return CompletableFuture.completedFuture(whole(relays, List.of()));
    }
    return asked(attempt, relays, within)
        .toCompletableFuture()
        .copy()
        .handle((order, failure) -> failure == null ? order : failed(failure))
        .completeOnTimeout(List.of(), within.toNanos(), TimeUnit.NANOSECONDS)
        .thenApply(order -> attempt.chose(whole(relays, order)));
  }

  private CompletionStage<List<Candidate>> asked(
      Attempt attempt, List<AtSign> relays, Duration within) {
    RelayChoice choice = neighbours.relayChoice().orElse(nearest);
    try {
      return choice.order(
          attempt.request().from(),
          attempt.request().device(),
          relays,
          within.minus(within.dividedBy(ANSWERING)));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static List<Candidate> failed(Throwable failure) {
    ClientLog.notChosen(Step.cause(failure));
    return List.of();
  }

  /** Each relay once: as they were ordered, then as they were configured. */
  private static List<Candidate> whole(List<AtSign> relays, List<Candidate> order) {
    Map<AtSign, Candidate> all = new LinkedHashMap<>();
    order.stream()
        .filter(one -> relays.contains(one.relay()))
        .forEach(one -> all.putIfAbsent(one.relay(), one));
    relays.forEach(relay -> all.putIfAbsent(relay, Candidate.unknown(relay)));
    return List.copyOf(all.values());
  }
}
