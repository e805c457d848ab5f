package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.RelayUnavailable;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayLatency;

/**
 * Tells a client how far relays are from here, so that it can take the nearest to both of us
 * (docs/protocol/noports.md 2.11). Whoever may ping may ask; a stranger hears nothing. No more is
 * learnt of a host that is no relay than by asking for a session through it.
 */
final class MeasureRelays {
  /** Clients wait for half a second in all, and our answer has its way to go. */
  static final Duration WITHIN = Duration.ofMillis(350);

  /** Measurements under way at once: a device on a small machine is no scanner. */
  private static final int AT_ONCE = 32;

  private final Neighbours neighbours;
  private final Policy policy;
  private final Receipts receipts;
  private final Semaphore free = new Semaphore(AT_ONCE);

  MeasureRelays(Neighbours neighbours, Policy policy, Receipts receipts) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.receipts = receipts;
  }

  void answer(AtServerSession post, DeviceSettings device, Notification message) {
    AtSign client = message.from();
    AccessRequest question = device.asks(client, RequestKind.PING, Optional.empty());
    policy
        .decide(question, device.policyTimeout())
        .thenCompose(step(permit -> RelayLatency.Request.parse(message.value())))
        .thenCompose(asked -> measured(device, asked))
        .thenCompose(response -> tell(post, device, client, response))
        .whenComplete((id, failure) -> conclude(device, client, failure));
  }

  private CompletionStage<RelayLatency.Response> measured(
      DeviceSettings device, RelayLatency.Request asked) {
    Map<AtSign, Optional<Duration>> roundTrips = new LinkedHashMap<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    asked
        .places()
        .forEach(
            (relay, place) -> {
              roundTrips.put(relay, Optional.empty());
              all.add(
                  roundTrip(device, place)
                      .thenAccept(
                          time -> {
                            synchronized (roundTrips) {
                              roundTrips.put(relay, Optional.of(time));
                            }
                          }));
            });
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> done)
        .thenApply(
            done -> {
              synchronized (roundTrips) {
                return new RelayLatency.Response(roundTrips);
              }
            });
  }

  private CompletableFuture<Duration> roundTrip(DeviceSettings device, RelayDiscovery place) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(new IllegalStateException("too many at once"));
    }
    CompletableFuture<Duration> way = dialled(device, place);
    CompletableFuture<Duration> measured =
        way.copy().orTimeout(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    measured.whenComplete(
        (time, failure) -> {
          free.release();
          way.cancel(false);
        });
    return measured;
  }

  private CompletableFuture<Duration> dialled(DeviceSettings device, RelayDiscovery place) {
    try {
      return neighbours
          .relay(device.relayTransport())
          .roundTrip(place.probed())
          .toCompletableFuture();
    } catch (RelayUnavailable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<String> tell(
      AtServerSession post, DeviceSettings device, AtSign client, RelayLatency.Response response) {
    String name = MessageNames.relayLatencyResponse(device.name());
    return post.notify(OutgoingNotification.ofSession(client, name, response.toText()));
  }

  private void conclude(DeviceSettings device, AtSign client, Throwable failure) {
    if (failure == null) {
      return;
    }
    Throwable cause = Step.cause(failure);
    if (cause instanceof Refusal refusal) {
      receipts.refused(device, client, RequestKind.PING, refusal.rule(), refusal.getMessage());
    } else if (cause instanceof ProtocolViolation) {
      receipts.refused(device, client, RequestKind.PING, "malformed", cause.getMessage());
    } else {
      DeviceLog.unanswered(device, client, cause);
    }
  }
}
