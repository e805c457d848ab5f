package org.noports.policy.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.AtSign;
import org.noports.api.Causes;
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
   * otherwise if it cannot be reached in time: by why it could not be asked, if that is known.
   */
  CompletableFuture<AuthAnswer> ask(RemoteSettings settings, AccessRequest request) {
    CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
    JsonObject payload = WriteQuestion.of(request).toPayload();
    AtSign self = request.device().atSign();
    AtomicReference<Optional<Throwable>> unsent = new AtomicReference<>(Optional.empty());
    Runnable send =
        () ->
            send(settings.policy(), self, payload, answer)
                .exceptionally(
                    failure -> {
                      unsent.set(Optional.of(Causes.of(failure)));
                      return null;
                    });
    send.run();
    Executor later =
        CompletableFuture.delayedExecutor(settings.ask().toMillis() / 2, TimeUnit.MILLISECONDS);
    CompletableFuture<Void> again =
        CompletableFuture.runAsync(
            () -> {
              if (!answer.isDone()) {
                send.run();
              }
            },
            later);
    answer.orTimeout(settings.ask().toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((done, failure) -> again.cancel(false));
    return answer.exceptionallyCompose(
        failure ->
            CompletableFuture.failedFuture(
                Causes.of(failure) instanceof TimeoutException
                    ? unsent.get().orElse(failure)
                    : failure));
  }

  /** That it cannot be sent now is no failure yet: it may be the second time. */
  private CompletionStage<Void> send(
      AtSign policy, AtSign self, JsonObject payload, CompletableFuture<AuthAnswer> answer) {
    long id = open.open(self, policy, answer);
    OutgoingNotification question =
        new OutgoingNotification(
            policy,
            RpcNames.request(id),
            new RpcRequest(id, payload).toText(),
            Optional.empty(),
            EXPIRY);
    return posts.of(self).thenCompose(session -> session.notify(question)).thenAccept(sent -> {});
  }
}
