package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.api.AtSign;
import org.noports.atserver.AuthenticatedDialer.Opened;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Verb;

/**
 * Asks our atServer over the connection that is, or the next one. May be called from any thread;
 * completes on the loop.
 */
final class Commands {
  private final AtSign self;
  private final Executor loop;
  private final ReconnectingLink link;
  private final AtomicInteger underWay = new AtomicInteger();

  Commands(AtSign self, Executor loop, ReconnectingLink link) {
    this.self = requireNonNull(self, "self is null");
    this.loop = requireNonNull(loop, "loop is null");
    this.link = requireNonNull(link, "link is null");
  }

  AtSign self() {
    return self;
  }

  /** The same over another connection. */
  Commands over(ReconnectingLink other) {
    return new Commands(self, loop, other);
  }

  /** How many were asked and not yet answered. */
  int underWay() {
    return underWay.get();
  }

  /**
   * An answer, and on what it came.
   *
   * @param over the connection, and whose keys opened it
   * @param response data or a failure
   */
  record Answered(Opened over, Response response) {}

  /** The connection, and whose keys opened it. */
  CompletableFuture<Opened> opened() {
    return CompletableFuture.supplyAsync(link::connection, loop).thenCompose(opening -> opening);
  }

  /**
   * Asks; a refusal is an answer like any other. What a lost connection never sent goes over the
   * next one.
   */
  CompletableFuture<Answered> ask(Verb verb) {
    underWay.incrementAndGet();
    return attempt(verb)
        .exceptionallyCompose(
            failure ->
                Failures.unwrapped(failure) instanceof Unsent
                    ? attempt(verb)
                    : CompletableFuture.failedFuture(failure))
        .whenComplete((answered, failure) -> underWay.decrementAndGet());
  }

  private CompletableFuture<Answered> attempt(Verb verb) {
    return opened()
        .thenComposeAsync(
            over -> over.connection().ask(verb).thenApply(response -> new Answered(over, response)),
            loop);
  }

  /**
   * Asks for data; a refusal becomes a failure.
   *
   * @param what the request, for messages: {@code look up 'x' of @bob}
   * @param other the other atSign that it is about
   */
  CompletableFuture<String> data(Verb verb, String what, Optional<AtSign> other) {
    return ask(verb).thenApply(answered -> data(answered, what, other));
  }

  /** The data of an answer, or its refusal thrown. */
  String data(Answered answered, String what, Optional<AtSign> other) {
    if (answered.response() instanceof Response.Failure failure) {
      String peer = answered.over().connection().peer();
      throw new CompletionException(Refusals.of(peer, self, what, other, failure));
    }
    return answered.response() instanceof Response.Data data ? data.text() : "";
  }
}
