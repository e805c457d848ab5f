package org.noports.policy.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.policy.AuthAnswer;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.policy.RpcRequest;

/**
 * Asks one question (docs/protocol/noports.md 7.1): twice, under two ids, if the first is not
 * answered in half of the time, since of several services behind the atSign the one that took it
 * may have died with it. The first answer counts.
 */
final class AskService {
  private static final Duration EXPIRY = Duration.ofSeconds(30);

  private final Posts posts;
  private final OpenQuestions open;

  AskService(Posts posts, OpenQuestions open) {
    this.posts = posts;
    this.open = open;
  }

  /**
   * The answer; fails with {@link ServiceRefused} if the service is there and does not answer, and
   * otherwise if it cannot be reached in time.
   */
  CompletableFuture<AuthAnswer> ask(RemoteSettings settings, AccessRequest request) {
    CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
    JsonObject payload = WriteQuestion.of(request).toPayload();
    AtSign self = request.device().atSign();
    send(settings.policy(), self, payload, answer);
    Executor later =
        CompletableFuture.delayedExecutor(settings.ask().toMillis() / 2, TimeUnit.MILLISECONDS);
    CompletableFuture<Void> again =
        CompletableFuture.runAsync(
            () -> {
              if (!answer.isDone()) {
                send(settings.policy(), self, payload, answer);
              }
            },
            later);
    answer.orTimeout(settings.ask().toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((done, failure) -> again.cancel(false));
    return answer;
  }

  /** That it cannot be sent now is no failure yet: it may be the second time. */
  private void send(
      AtSign policy, AtSign self, JsonObject payload, CompletableFuture<AuthAnswer> answer) {
    long id = open.open(self, policy, answer);
    OutgoingNotification question =
        new OutgoingNotification(
            policy,
            RpcNames.request(id),
            new RpcRequest(id, payload).toText(),
            Optional.empty(),
            EXPIRY);
    CompletionStage<AtServerSession> post = posts.of(self);
    post.thenCompose(session -> session.notify(question));
  }
}
