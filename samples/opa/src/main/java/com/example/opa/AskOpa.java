package com.example.opa;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.noports.api.ProtocolViolation;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;

/** One OPA: {@code POST /v1/data/<path>} for each question, on threads of its own. */
final class AskOpa implements AutoCloseable {
  /** The client is asynchronous: a thread puts questions together and reads answers, no more. */
  private static final int THREADS = 2;

  private final OpaSettings settings;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, AskOpa::thread);
  private final HttpClient client;
  private volatile Optional<String> trouble = Optional.empty();

  AskOpa(OpaSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, OpaEvaluator.PID);
    thread.setDaemon(true);
    return thread;
  }

  /** A stage that fails if nothing was decided. */
  CompletionStage<Decision> decide(AccessRequest request) {
    HttpRequest question =
        HttpRequest.newBuilder(settings.document())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(OpaInput.of(request)))
            .build();
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(question, said -> new BoundedText());
    return exchange
        .copy()
        // The client's own limit ends with the head of the answer.
        .orTimeout(settings.answer().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(answer -> decided(answer, request))
        .whenComplete(
            (decision, failure) -> {
              exchange.cancel(true);
              trouble = Optional.ofNullable(failure).map(this::sentence);
            });
  }

  private Decision decided(HttpResponse<String> answer, AccessRequest request) {
    try {
      if (answer.statusCode() != 200) {
        throw new IOException("it answered with status " + answer.statusCode());
      }
      Instant until = request.circumstances().at().plus(settings.again());
      return OpaAnswer.of(answer.body(), settings.rule(), request, until);
    } catch (IOException | ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private String sentence(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return this + ": " + cause;
  }

  /** Why the last question was not decided; empty if it was. */
  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  @Override
  public String toString() {
    return settings.document().toString();
  }
}
