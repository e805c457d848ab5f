package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Batch;
import org.noports.protocol.verb.Cram;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.From;
import org.noports.protocol.verb.Monitor;
import org.noports.protocol.verb.Noop;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Pol;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Verb;
import org.noports.protocol.verb.VerbFailure;

/**
 * {@code batch}: several commands, one after the other, answered in one line (atprotocol.md 3.19).
 * A command that fails stops none of the others.
 */
final class BatchVerb implements VerbHandler<Batch> {
  /** Bounds the time for which one line occupies a connection. */
  private static final int MOST_COMMANDS = 1_000;

  /** Those that change who speaks or what comes, and those that only wait. */
  private static final Set<Class<? extends Verb>> ALONE =
      Set.of(Batch.class, From.class, Cram.class, Pkam.class, Pol.class, Monitor.class, Noop.class);

  /** Does one verb as if it had come alone. */
  interface Single {
    CompletionStage<Optional<Response>> spoken(Verb verb, Dialogue dialogue);
  }

  private final Single single;

  BatchVerb(Single single) {
    this.single = requireNonNull(single, "single is null");
  }

  @Override
  public CompletionStage<Response> handle(Batch batch, Dialogue dialogue) {
    if (batch.commands().size() > MOST_COMMANDS) {
      throw new Refusal(
          ErrorCode.ILLEGAL_ARGUMENTS, "a batch has at most " + MOST_COMMANDS + " commands");
    }
    Answers answers = new Answers(dialogue.tenant().limits().commandBytes());
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (Batch.Command command : batch.commands()) {
      done =
          done.thenCompose(before -> one(command, answers, dialogue))
              .thenAccept(answer -> answers.add(command.id(), answer));
    }
    return done.thenApply(all -> new Response.Data(new JsonArray(answers.list).toJson()));
  }

  private CompletionStage<JsonObject> one(
      Batch.Command command, Answers answers, Dialogue dialogue) {
    try {
      if (answers.full()) {
        throw new Refusal(ErrorCode.BUFFER_LIMIT, "the answers before are too long");
      }
      Verb verb = Verb.parse(command.line());
      if (ALONE.contains(verb.getClass())) {
        throw new Refusal(ErrorCode.INVALID_SYNTAX, "this verb cannot be part of a batch");
      }
      return single
          .spoken(verb, dialogue)
          .handle(
              (response, failure) ->
                  failure == null
                      ? answered(response.orElse(Response.Data.NULL))
                      : failed(failure, dialogue));
    } catch (VerbFailure | RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e, dialogue));
    }
  }

  private static JsonObject answered(Response response) {
    if (response instanceof Response.Data data) {
      return JsonObject.builder().put("data", data.text()).build();
    }
    String text = response instanceof Response.Failure failure ? failure.text() : "";
    return error(ErrorCode.INTERNAL_EXCEPTION, text);
  }

  private static JsonObject failed(Throwable thrown, Dialogue dialogue) {
    VerbFailure failure = Frames.translated(thrown, dialogue);
    return error(failure.code(), failure.code().description());
  }

  private static JsonObject error(ErrorCode code, String message) {
    return JsonObject.builder()
        .put("error_code", code.code())
        .put("error_message", message)
        .build();
  }

  /** The answers so far, within the length of a line. */
  private static final class Answers {
    private final List<JsonValue> list = new ArrayList<>();
    private final long most;
    private long length;

    Answers(long most) {
      this.most = most;
    }

    boolean full() {
      return length > most;
    }

    void add(JsonValue id, JsonObject answer) {
      length +=
          answer
              .get("data")
              .map(data -> (long) ((JsonValue.Text) data).value().length())
              .orElse(0L);
      list.add(JsonObject.builder().put("id", id).put("response", answer).build());
    }
  }
}
