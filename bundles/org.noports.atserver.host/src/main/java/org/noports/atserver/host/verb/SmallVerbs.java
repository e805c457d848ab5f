package org.noports.atserver.host.verb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Info;
import org.noports.protocol.verb.LaterVerb;
import org.noports.protocol.verb.Noop;
import org.noports.protocol.verb.NotifyLater;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.To;

/** Verbs of a few lines each, and the honest answer to those that are not there yet. */
final class SmallVerbs {
  /** The generation of atServers whose behaviour clients may expect. */
  static final String VERSION = "3.0.52+noports";

  private static final long STARTED = System.nanoTime();

  private SmallVerbs() {}

  /** {@code noop}: a sign of life, after a while if asked. */
  static CompletionStage<Response> noop(Noop noop, Dialogue dialogue) {
    if (noop.delayMillis() > Noop.MAX_DELAY_MILLIS) {
      throw new Refusal(
          ErrorCode.ILLEGAL_ARGUMENTS, "noop waits " + Noop.MAX_DELAY_MILLIS + " ms at most");
    }
    Response ok = new Response.Data("ok");
    return noop.delayMillis() == 0
        ? CompletableFuture.completedFuture(ok)
        : new CompletableFuture<Response>()
            .completeOnTimeout(ok, noop.delayMillis(), TimeUnit.MILLISECONDS);
  }

  /** {@code info}: what speaks here, and for how long it has. */
  static CompletionStage<Response> info(Info info, Dialogue dialogue) {
    Duration up = Duration.ofNanos(System.nanoTime() - STARTED);
    JsonObject.Builder answer = JsonObject.builder().put("version", VERSION);
    if (info.brief()) {
      answer.put("uptimeAsMillis", up.toMillis());
    } else {
      answer.put(
          "uptimeAsWords",
          up.toHours()
              + " hours "
              + up.toMinutesPart()
              + " minutes "
              + up.toSecondsPart()
              + " seconds");
    }
    return data(answer.build());
  }

  /** {@code to}: newer atServers say first for whom they call; the port has told us already. */
  static CompletionStage<Response> to(To to, Dialogue dialogue) {
    if (!to.atSign().equals(dialogue.self())) {
      throw new Refusal(ErrorCode.ATSERVER_NOT_FOUND, "this is the atServer of " + dialogue.self());
    }
    return CompletableFuture.completedFuture(new Response.Data("ok"));
  }

  /**
   * {@code notify:status}, {@code notify:list}, {@code notify:remove}; the others are not there.
   */
  static CompletionStage<Response> notifications(NotifyLater verb, Dialogue dialogue) {
    return switch (verb.kind()) {
      case STATUS ->
          dialogue
              .tenant()
              .outbox()
              .statusOf(verb.argument().trim())
              .thenApply(word -> new Response.Data(word.orElse("null")));
      case LIST -> list(verb.argument(), dialogue);
      case REMOVE -> remove(verb.argument().trim(), dialogue);
      default -> throw notYet("notify:" + verb.kind().wire());
    };
  }

  private static CompletionStage<Response> list(String argument, Dialogue dialogue) {
    if (argument.matches("\\d{4}-.*")) {
      throw notYet("notify:list with dates");
    }
    GuardedPattern wanted =
        argument.isEmpty() ? GuardedPattern.ALL : ScanVerb.pattern(argument.strip());
    return dialogue
        .tenant()
        .monitors()
        .received()
        .thenCompose(
            received -> {
              List<JsonValue> found =
                  received.stream()
                      .filter(notification -> wanted.foundIn(notification.told().key()))
                      .map(SmallVerbs::shown)
                      .toList();
              return found.isEmpty()
                  ? CompletableFuture.completedFuture(Response.Data.NULL)
                  : data(new JsonArray(found));
            });
  }

  /** Success too if there is none: devices remove each notification that they have read. */
  private static CompletionStage<Response> remove(String id, Dialogue dialogue) {
    if (!NotifyVerb.ID.matcher(id).matches()) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Wrong notification id");
    }
    return dialogue.tenant().monitors().forget(id).thenApply(gone -> new Response.Data("success"));
  }

  private static JsonValue shown(AtNotification notification) {
    return notification.told().toJson();
  }

  /** A verb of the atProtocol that this atServer does not do. */
  static CompletionStage<Response> later(LaterVerb verb, Dialogue dialogue) {
    throw notYet(verb.name());
  }

  private static Refusal notYet(String name) {
    return new Refusal(ErrorCode.INVALID_SYNTAX, name + ": not supported yet");
  }

  private static CompletionStage<Response> data(JsonValue json) {
    return CompletableFuture.completedFuture(new Response.Data(json.toJson()));
  }
}
