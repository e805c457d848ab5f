package org.noports.policy.host;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.protocol.policy.AuthCheck;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.policy.RpcRequest;
import org.noports.protocol.policy.RpcResponse;

/**
 * Answers what devices ask (docs/protocol/noports.md 7.1 and 7.2): a stranger hears nothing; what
 * cannot be read, or speaks for another atSign's device, is refused by name; the rest is decided.
 */
final class AnswerQuestions {
  /** Kept as long as existing services keep theirs. */
  private static final Duration EXPIRY = Duration.ofSeconds(30);

  private static final Lifetime MUTEX = Lifetime.of(EXPIRY);

  /** At once: beyond it devices give up before they are answered. */
  static final int MOST_WAITING = 1000;

  private final AskEvaluators evaluators;
  private final AskForOthers others;
  private final PolicyHostAudit audit;
  private final Clock clock;
  private final AtomicInteger waiting = new AtomicInteger();

  AnswerQuestions(
      AskEvaluators evaluators, AskForOthers others, PolicyHostAudit audit, Clock clock) {
    this.evaluators = evaluators;
    this.others = others;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether a notification of that name is for us. */
  static boolean isQuestion(String name) {
    return RpcNames.ofRequest(name).isPresent();
  }

  /** One question; never throws. */
  void hear(AtServerSession post, HostSettings settings, Notification message) {
    OptionalLong id = RpcNames.ofRequest(message.name());
    if (id.isEmpty() || !message.operation().equals("update") || message.late()) {
      return;
    }
    if (!settings.serves(message.from())) {
      PolicyHostLog.stranger(message.from());
      return;
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      PolicyHostLog.busy(message.from());
      return;
    }
    elected(post, settings, id.getAsLong())
        .thenCompose(
            ours ->
                ours
                    ? answer(post, settings, message, id.getAsLong())
                    : leave(message.from(), id.getAsLong()))
        .whenComplete(
            (done, failure) -> {
              waiting.decrementAndGet();
              if (failure != null) {
                PolicyHostLog.notSent(message.from(), failure);
              }
            });
  }

  /** Of several services with one atSign the first to write the question's mutex answers. */
  private static CompletionStage<Boolean> elected(
      AtServerSession post, HostSettings settings, long id) {
    return settings.sharedAtSign()
        ? post.putIfAbsent(RpcNames.mutex(id), "lock", MUTEX)
        : CompletableFuture.completedFuture(true);
  }

  private static CompletionStage<Void> leave(AtSign from, long id) {
    PolicyHostLog.leftToOthers(from, id);
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> answer(
      AtServerSession post, HostSettings settings, Notification message, long id) {
    AuthCheck check;
    AccessRequest question;
    try {
      check = read(message, id);
      question = ReadQuestion.of(check, clock.instant());
    } catch (ProtocolViolation e) {
      PolicyHostLog.refused(message.from(), e.getMessage());
      audit.refused(settings.atSign(), message.from(), e.getMessage());
      return say(post, message.from(), RpcResponse.nack(id, e.getMessage()));
    }
    return say(post, message.from(), RpcResponse.ack(id))
        .thenCompose(
            done ->
                check.request().isPresent()
                    ? evaluators.ask(question, settings.within())
                    : others.ask(question, settings.within()))
        .thenCompose(decision -> say(post, message.from(), decided(settings, check, id, decision)));
  }

  /** The question; of a device of its sender, and of nobody else's. */
  private static AuthCheck read(Notification message, long id) throws ProtocolViolation {
    RpcRequest request = RpcRequest.parse(message.value());
    if (request.id() != id) {
      throw new ProtocolViolation("policy request: reqId is not that of its key");
    }
    AuthCheck check = AuthCheck.parse(request.payload());
    if (!check.device().atSign().equals(message.from())) {
      throw new ProtocolViolation(
          "policy request: " + message.from() + " asks for a device of " + check.device().atSign());
    }
    return check;
  }

  private RpcResponse decided(HostSettings settings, AuthCheck check, long id, Decision decision) {
    String word = WriteAnswer.verdict(decision).name().toLowerCase(Locale.ROOT);
    PolicyHostLog.answered(check.device(), check.client(), word, decision.rule());
    audit.answered(settings.atSign(), check, decision, word, WriteAnswer.words(decision));
    if (check.request().isPresent() && decision instanceof Decision.Deny no && no.undecided()) {
      // To daemons of other makes a success that says no, as existing services have it.
      return RpcResponse.error(id, no.reason());
    }
    return RpcResponse.success(id, WriteAnswer.of(check, decision).toPayload());
  }

  private static CompletionStage<Void> say(AtServerSession post, AtSign to, RpcResponse response) {
    return post.notify(
            new OutgoingNotification(
                to,
                RpcNames.response(response.type(), response.id()),
                response.toText(),
                Optional.empty(),
                EXPIRY))
        .thenAccept(sent -> {});
  }
}
