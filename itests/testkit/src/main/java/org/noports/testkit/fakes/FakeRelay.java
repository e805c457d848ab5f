package org.noports.testkit.fakes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;

/** A way to relays that reaches none and remembers who was dialled, and with what. */
public final class FakeRelay implements RelayTransport {
  private final List<Dial> dials = new CopyOnWriteArrayList<>();
  private final List<HostPort> measured = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<Duration>> roundTrips = new ConcurrentHashMap<>();

  /** One dial. */
  public record Dial(HostPort relay, RelayCredential credential) {}

  public List<Dial> dials() {
    return List.copyOf(dials);
  }

  /** From now on a round trip to that host takes so long; what is not done yet is awaited. */
  public void away(String host, CompletableFuture<Duration> roundTrip) {
    roundTrips.put(host, roundTrip);
  }

  /** From now on a round trip to that host takes so long. */
  public void away(String host, int millis) {
    away(host, CompletableFuture.completedFuture(Duration.ofMillis(millis)));
  }

  /** Whom it was asked how far they are, in order. */
  public List<HostPort> measured() {
    return List.copyOf(measured);
  }

  @Override
  public CompletionStage<Duration> roundTrip(HostPort relay) {
    measured.add(relay);
    CompletableFuture<Duration> known = roundTrips.get(relay.host());
    return known == null ? RelayTransport.super.roundTrip(relay) : known.copy();
  }

  @Override
  public CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential) {
    dials.add(new Dial(relay, credential));
    return CompletableFuture.failedFuture(new RelayUnavailable(relay + " is not real"));
  }
}
