package org.noports.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.atserver.Notification;
import org.noports.api.tunnel.RelayLeg;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SessionResponse;

/**
 * Hears that a device takes its yes back while the link is being made: its rules may depend on
 * where we are, which the relay tells it only then (docs/protocol/noports.md 4.9). A step of
 * OpenTunnel.
 */
final class HearRefusal {
  /** The link is cut at once; the reason comes by two atServers. */
  private static final long REASON_SECONDS = 2;

  private final Attempt attempt;
  private final Agreement agreement;
  private volatile boolean atTheRelay;

  HearRefusal(Attempt attempt, Agreement agreement) {
    this.attempt = attempt;
    this.agreement = agreement;
  }

  /** The same way; what fails before we are at the relay was not the device. */
  RelayLeg over(RelayLeg leg) {
    return () ->
        leg.dial()
            .thenApply(
                stream -> {
                  atTheRelay = true;
                  return stream;
                });
  }

  /** The same stage, but for the device's reason in place of a link that was cut. */
  <T> CompletionStage<T> during(CompletionStage<T> joining) {
    String response = MessageNames.response(attempt.id(), attempt.request().device().name());
    CompletableFuture<T> result = new CompletableFuture<>();
    Subscription hearing =
        agreement.self().post().subscribe(response::equals, message -> hear(message, result));
    joining.whenComplete(
        (joined, failure) -> {
          if (failure == null) {
            result.complete(joined);
          } else if (atTheRelay) {
            CompletableFuture.delayedExecutor(REASON_SECONDS, TimeUnit.SECONDS)
                .execute(() -> result.completeExceptionally(Step.cause(failure)));
          } else {
            result.completeExceptionally(Step.cause(failure));
          }
        });
    result.whenComplete((joined, failure) -> hearing.close());
    return result;
  }

  private void hear(Notification message, CompletableFuture<?> result) {
    boolean theirs = message.from().equals(attempt.request().device().atSign());
    if (!theirs || !message.operation().equals("update")) {
      return;
    }
    try {
      if (SessionResponse.parse(message.value()) instanceof SessionResponse.Refused no) {
        result.completeExceptionally(RequestSession.refused(attempt, no.text()));
      }
    } catch (NoPortsException e) {
      // It says neither yes nor no: the link will tell what becomes of it.
    }
  }
}
