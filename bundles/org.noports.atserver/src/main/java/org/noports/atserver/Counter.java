package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.identity.Identity;
import org.noports.protocol.verb.From;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Verb;

/** Where questions about an atSign's keys are put to its atServer, over a connection each. */
final class Counter {
  private static final String RSA = "rsa2048";

  private final AtSign self;
  private final Surroundings surroundings;
  private final ScheduledExecutorService loop;
  private final AuthenticatedDialer dialer;

  Counter(Surroundings surroundings, AtSign self) {
    this.surroundings = requireNonNull(surroundings, "surroundings is null");
    this.self = requireNonNull(self, "self is null");
    this.loop = surroundings.loops().next();
    this.dialer = new AuthenticatedDialer(surroundings, self, loop);
  }

  AtSign self() {
    return self;
  }

  ScheduledExecutorService loop() {
    return loop;
  }

  /** For files, and for arithmetic that takes its time. */
  Executor blocking() {
    return surroundings.blocking();
  }

  /** Works over a connection on which nobody has authenticated yet; it ends with the work. */
  <T> CompletableFuture<T> unauthenticated(
      Function<AtServerConnection, CompletableFuture<T>> work) {
    return dialer.connect().thenComposeAsync(over -> ended(over, work), loop);
  }

  /** Works over a connection that our key file has opened; it ends with the work. */
  <T> CompletableFuture<T> authenticated(Function<AtServerConnection, CompletableFuture<T>> work) {
    return dialer
        .open(Pushes.NONE)
        .thenComposeAsync(opened -> ended(opened.connection(), work), loop);
  }

  private <T> CompletableFuture<T> ended(
      AtServerConnection over, Function<AtServerConnection, CompletableFuture<T>> work) {
    return work.apply(over)
        .whenCompleteAsync(
            (result, failure) ->
                over.end(
                    new AtServerUnavailable("The question to the " + over.peer() + " is over")),
            loop);
  }

  /** Asks; a refusal is an answer like any other. */
  CompletableFuture<Response> ask(AtServerConnection over, Verb verb) {
    return CompletableFuture.supplyAsync(() -> over.ask(verb), loop).thenCompose(answer -> answer);
  }

  /**
   * Asks for data; a refusal fails.
   *
   * @param what the request, for messages: {@code approve enrollment 8b0c}
   */
  CompletableFuture<String> data(AtServerConnection over, Verb verb, String what) {
    return ask(over, verb).thenApply(answer -> data(over, answer, what));
  }

  private String data(AtServerConnection over, Response answer, String what) {
    if (answer instanceof Response.Failure failure) {
      throw new CompletionException(refusal(over, failure, what));
    }
    return answer instanceof Response.Data data ? data.text() : "";
  }

  NoPortsException refusal(AtServerConnection over, Response.Failure failure, String what) {
    return Refusals.of(over.peer(), self, what, Optional.empty(), failure);
  }

  /** A challenge to be answered. */
  CompletableFuture<String> challenge(AtServerConnection over) {
    return data(over, new From(self, Optional.empty()), "begin to authenticate");
  }

  /** Answers a challenge with RSA keys that are in no key file yet. */
  CompletableFuture<Response> prove(
      AtServerConnection over, Optional<String> enrollmentId, UnaryOperator<byte[]> sign) {
    return prove(over, enrollmentId, RSA, sign);
  }

  /** Answers a challenge with keys that are not in use yet. */
  CompletableFuture<Response> prove(
      AtServerConnection over,
      Optional<String> enrollmentId,
      String algorithm,
      UnaryOperator<byte[]> sign) {
    return challenge(over)
        .thenApplyAsync(
            challenge -> sign.apply(challenge.getBytes(StandardCharsets.UTF_8)), blocking())
        .thenCompose(
            signature ->
                ask(
                    over,
                    new Pkam(
                        Optional.of(algorithm),
                        Optional.of("sha256"),
                        enrollmentId,
                        Base64.getEncoder().encodeToString(signature))));
  }

  /** Whose key file our connections are opened with; reads it. */
  Identity ownIdentity() throws IdentityUnusable {
    return surroundings.identities().identity(self);
  }

  /** Runs what throws one of the family on a thread for blocking work. */
  <T> CompletableFuture<T> work(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run();
          } catch (NoPortsException e) {
            throw new CompletionException(e);
          }
        },
        blocking());
  }

  /** Something that blocks or computes. */
  interface Work<T> {
    T run() throws NoPortsException;
  }
}
