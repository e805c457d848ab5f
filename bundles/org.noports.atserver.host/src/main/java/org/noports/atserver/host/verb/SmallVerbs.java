package org.noports.atserver.host.verb;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Info;
import org.noports.protocol.verb.LaterVerb;
import org.noports.protocol.verb.Noop;
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
    switch (info.part()) {
      case FULL -> answer.put("uptimeAsWords", words(up));
      case BRIEF -> answer.put("uptimeAsMillis", up.toMillis());
      default -> {
        // Nothing more: the reference too leaves out certificates that it has not.
      }
    }
    return info.part() == Info.Part.FULL && !dialogue.access().full()
        ? withEnrollment(answer, dialogue)
        : data(answer.build());
  }

  /** An enrolled program is told what it was given; as JSON in a string, as it always was. */
  private static CompletionStage<Response> withEnrollment(
      JsonObject.Builder answer, Dialogue dialogue) {
    return new Enrollments(dialogue.self(), dialogue.tenant().records())
        .find(dialogue.access().enrollmentId().orElseThrow())
        .thenApply(
            found -> {
              found.ifPresent(own -> answer.put("apkam_metadata", own.stored().toJson()));
              return new Response.Data(answer.build().toJson());
            });
  }

  /** From the largest unit that there is any of. */
  private static String words(Duration up) {
    long days = up.toDays();
    long hours = days * 24 + up.toHoursPart();
    long minutes = hours * 60 + up.toMinutesPart();
    return (days > 0 ? days + " days " : "")
        + (hours > 0 ? up.toHoursPart() + " hours " : "")
        + (minutes > 0 ? up.toMinutesPart() + " minutes " : "")
        + up.toSecondsPart()
        + " seconds";
  }

  /** {@code to}: newer atServers say first for whom they call; the port has told us already. */
  static CompletionStage<Response> to(To to, Dialogue dialogue) {
    if (!to.atSign().equals(dialogue.self())) {
      throw new Refusal(ErrorCode.ATSERVER_NOT_FOUND, "this is the atServer of " + dialogue.self());
    }
    return CompletableFuture.completedFuture(new Response.Data("ok"));
  }

  /** A verb of the atProtocol that this atServer does not do. */
  static CompletionStage<Response> later(LaterVerb verb, Dialogue dialogue) {
    throw new Refusal(ErrorCode.INVALID_SYNTAX, verb.name() + ": not supported");
  }

  private static CompletionStage<Response> data(JsonValue json) {
    return CompletableFuture.completedFuture(new Response.Data(json.toJson()));
  }
}
