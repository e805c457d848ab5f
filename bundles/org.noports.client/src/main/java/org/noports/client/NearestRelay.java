package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.relay.RelayChoice;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayLatency;

/**
 * Prefers the relay over which a round trip from us to the device takes least, as both ends measure
 * their own half of it (docs/protocol/noports.md 2.11). What comes too late for one session serves
 * the next.
 */
final class NearestRelay implements RelayChoice {
  /** Of the time there is, the part after which the device is asked about the relays found. */
  private static final int FINDING = 3;

  private final Neighbours neighbours;
  private final Supplier<ClientSettings> settings;
  private final AskDistance ask = new AskDistance();
  private final Remembered<Found, RelayDiscovery> places;
  private final Remembered<Way, Duration> ours;
  private final Remembered<Theirs, RelayLatency.Response> theirs;

  /** What is remembered of one relay: who asked where it is. */
  private record Found(AtSign self, AtSign relay) {}

  /** Our own way there. */
  private record Way(String transport, RelayDiscovery place) {}

  /** The device's ways. */
  private record Theirs(AtSign self, DeviceAddress device, RelayLatency.Request asked) {}

  NearestRelay(Neighbours neighbours, Supplier<ClientSettings> settings, LongSupplier nanoTime) {
    this.neighbours = neighbours;
    this.settings = settings;
    this.places = new Remembered<>(nanoTime);
    this.ours = new Remembered<>(nanoTime);
    this.theirs = new Remembered<>(nanoTime);
  }

  @Override
  public CompletionStage<List<Candidate>> order(
      AtSign self, DeviceAddress device, List<AtSign> relays, Duration within) {
    return step((AtSign us) -> neighbours.atServers())
        .apply(self)
        .thenCompose(atServers -> atServers.session(self))
        .thenCompose(post -> measure(post, device, relays, within));
  }

  private CompletionStage<List<Candidate>> measure(
      AtServerSession post, DeviceAddress device, List<AtSign> relays, Duration within) {
    Map<AtSign, CompletableFuture<RelayDiscovery>> found = new LinkedHashMap<>();
    Map<AtSign, CompletableFuture<Duration>> here = new LinkedHashMap<>();
    for (AtSign relay : relays.subList(0, Math.min(relays.size(), RelayLatency.MOST_RELAYS))) {
      found.put(relay, places.answer(new Found(post.self(), relay), () -> ask.where(post, relay)));
      here.put(relay, found.get(relay).thenCompose(this::distance));
    }
    CompletableFuture<RelayLatency.Response> there =
        settled(found.values(), within.dividedBy(FINDING))
            .thenCompose(done -> distances(post, device, found));
    CompletableFuture<Void> all =
        CompletableFuture.allOf(settled(here.values(), within), settled(List.of(there), within));
    return all.thenApply(done -> ranked(relays, here, Remembered.soFar(there)));
  }

  private CompletionStage<Duration> distance(RelayDiscovery place) {
    String transport = settings.get().relayTransport();
    return ours.answer(
        new Way(transport, place),
        () ->
            step((RelayDiscovery at) -> neighbours.relay(transport).roundTrip(at.probed()))
                .apply(place)
                .thenCompose(measured -> measured));
  }

  private CompletionStage<RelayLatency.Response> distances(
      AtServerSession post,
      DeviceAddress device,
      Map<AtSign, CompletableFuture<RelayDiscovery>> found) {
    Map<AtSign, RelayDiscovery> known = new LinkedHashMap<>();
    found.forEach((relay, place) -> Remembered.soFar(place).ifPresent(at -> known.put(relay, at)));
    RelayLatency.Request request = new RelayLatency.Request(known);
    return known.isEmpty()
        ? CompletableFuture.completedFuture(new RelayLatency.Response(Map.of()))
        : theirs.answer(
            new Theirs(post.self(), device, request), () -> ask.howFar(post, device, request));
  }

  /** Completes when all have, however they did, or when the time is over. */
  private static CompletableFuture<Void> settled(
      Collection<? extends CompletableFuture<?>> all, Duration within) {
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> (Void) null)
        .completeOnTimeout(null, within.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static List<Candidate> ranked(
      List<AtSign> relays,
      Map<AtSign, CompletableFuture<Duration>> here,
      Optional<RelayLatency.Response> there) {
    List<Candidate> all =
        relays.stream()
            .map(relay -> candidate(relay, Optional.ofNullable(here.get(relay)), there))
            .toList();
    // An end that knows nothing at all has no say; half a figure is no match for a whole one.
    boolean both = all.stream().anyMatch(one -> one.both().isPresent());
    return all.stream()
        .sorted(
            Comparator.comparing(
                one ->
                    (both ? one.both() : one.here().or(one::there))
                        .orElse(Duration.ofSeconds(Long.MAX_VALUE))))
        .toList();
  }

  private static Candidate candidate(
      AtSign relay,
      Optional<CompletableFuture<Duration>> here,
      Optional<RelayLatency.Response> there) {
    return new Candidate(
        relay,
        here.flatMap(Remembered::soFar),
        there.flatMap(told -> told.roundTrips().getOrDefault(relay, Optional.empty())));
  }
}
