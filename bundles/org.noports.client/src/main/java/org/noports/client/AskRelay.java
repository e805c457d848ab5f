package org.noports.client;

import static org.noports.client.Step.step;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.session.HandshakeStep;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;

/** Asks the relay for a port for each side (docs/protocol/noports.md 2.7); a step of OpenTunnel. */
final class AskRelay {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_LENGTH = 32;

  private final Supplier<Secret> keys;

  AskRelay() {
    this(() -> Secret.owning(random(KEY_LENGTH)));
  }

  /** For tests, which look at what becomes of the keys. */
  AskRelay(Supplier<Secret> keys) {
    this.keys = keys;
  }

  /** The ticket of whichever of {@code relays} gives one first; all are asked at once. */
  CompletionStage<RelayTicket> fastest(Attempt attempt, Self self, List<AtSign> relays) {
    Map<AtSign, Secret> shown = new LinkedHashMap<>();
    relays.forEach(relay -> shown.put(relay, key(attempt)));
    List<CompletableFuture<RelayTicket>> asked = new ArrayList<>();
    shown.forEach((relay, key) -> asked.add(ask(attempt, self, relay, key).toCompletableFuture()));
    return FirstOf.them(asked)
        .thenApply(
            ticket -> {
              // Nobody will show the others: neither those that came too late nor those to come.
              shown.values().stream().filter(key -> key != ticket.key()).forEach(Secret::close);
              return ticket;
            });
  }

  /** The ticket of the first in the order that gives one: each is asked once the last could not. */
  CompletionStage<RelayTicket> inTurn(Attempt attempt, Self self, List<AtSign> order) {
    AtSign first = order.get(0);
    List<AtSign> others = order.subList(1, order.size());
    Secret key = key(attempt);
    return ask(attempt, self, first, key)
        .thenApply(CompletableFuture::completedStage)
        .exceptionally(
            failure -> {
              key.close();
              Throwable cause = Step.cause(failure);
              return others.isEmpty() || !(cause instanceof RelayUnavailable)
                  ? CompletableFuture.failedStage(cause)
                  : inTurn(attempt, self, others);
            })
        .thenCompose(ticket -> ticket);
  }

  private Secret key(Attempt attempt) {
    return attempt.owns(keys.get());
  }

  private CompletionStage<RelayTicket> ask(Attempt attempt, Self self, AtSign relay, Secret key) {
    long start = Attempt.now();
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(random(18));
    String name = MessageNames.relayRequest(attempt.request().device().name());
    String value = request(attempt, self, nonce, key).toText();
    AwaitReply reply =
        new AwaitReply(
            self.post(),
            relay,
            Set.of(MessageNames.relayReply(attempt.id()), MessageNames.relayNack(attempt.id())),
            attempt.settings().relayTimeout(),
            () -> silent(attempt, relay));
    return attempt
        .waiting(reply.to(OutgoingNotification.ofSession(relay, name, value)))
        .thenCompose(step(message -> read(attempt, relay, message)))
        .thenApply(ports -> ticket(attempt, start, new RelayTicket(relay, ports, nonce, key)));
  }

  /**
   * The request says {@code payload}, which every relay knows; one that finds out by itself takes
   * the key as leave for challenges. At the single port nothing but an answer tells whose a
   * connection is.
   */
  private static RelayRequest request(Attempt attempt, Self self, String nonce, Secret key) {
    boolean only443 = attempt.settings().only443();
    SigningKeyUri ours = SigningKeyUri.of(self.identity().enrollmentId(), self.identity().atSign());
    return new RelayRequest(
        attempt.id(),
        attempt.request().from(),
        attempt.request().device().atSign(),
        true,
        true,
        nonce,
        only443 ? RelayAuthMode.ESCR : RelayAuthMode.PAYLOAD,
        Optional.of(Base64.getEncoder().encodeToString(key.exposeSecretBytes())),
        only443,
        true,
        List.of(ours.toString()),
        true);
  }

  private static RelayReply read(Attempt attempt, AtSign relay, Notification reply)
      throws RelayUnavailable, ProtocolViolation {
    if (reply.name().equals(MessageNames.relayNack(attempt.id()))) {
      throw new RelayUnavailable("The relay " + relay + " refuses: " + reply.value());
    }
    return RelayReply.parse(reply.value());
  }

  private static RelayTicket ticket(Attempt attempt, long start, RelayTicket ticket) {
    attempt.done(
        HandshakeStep.RELAY_ASKED,
        start,
        ticket.relay()
            + " at "
            + ticket.ours()
            + (attempt.choice().isEmpty() ? "" : ", of " + attempt.choice()));
    return ticket;
  }

  private static RelayUnavailable silent(Attempt attempt, AtSign relay) {
    return new RelayUnavailable(
        "The relay "
            + relay
            + " did not answer within "
            + attempt.settings().relayTimeout().toSeconds()
            + " s: check that it runs, or name another with --relay");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
