package org.noports.atserver.host.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Stats;

/** {@code stats}: figures about an atSign's atServer, by number (atprotocol.md 3.17). */
final class StatsVerb implements VerbHandler<Stats> {
  /** Where a code would stand; the reference has none for this. */
  private static final String NO_CODE = "null";

  @Override
  public CompletionStage<Response> handle(Stats stats, Dialogue dialogue) {
    List<Figure> wanted = new ArrayList<>();
    for (int id : stats.ids()) {
      Optional<Figure> figure = Figure.of(id);
      if (figure.isEmpty()) {
        return CompletableFuture.completedFuture(
            new Response.Failure(
                NO_CODE, "Exception: No metric with ID " + id, Response.Failure.Style.COLON));
      }
      wanted.add(figure.get());
    }
    return shown(wanted.isEmpty() ? List.of(Figure.values()) : wanted, stats, dialogue);
  }

  /** One after the other: some read all there is. The space after the colon is the reference's. */
  private static CompletionStage<Response> shown(
      List<Figure> wanted, Stats stats, Dialogue dialogue) {
    List<JsonValue> shown = new ArrayList<>();
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (Figure figure : wanted) {
      done =
          done.thenCompose(before -> figure.value(dialogue, stats.regex()))
              .thenAccept(value -> shown.add(entry(figure, value)));
    }
    return done.thenApply(all -> new Response.Data(" " + new JsonArray(shown).toJson()));
  }

  private static JsonValue entry(Figure figure, JsonValue value) {
    return JsonObject.builder()
        .put("id", Integer.toString(figure.id()))
        .put("name", figure.wire())
        .put("value", value)
        .build();
  }
}
