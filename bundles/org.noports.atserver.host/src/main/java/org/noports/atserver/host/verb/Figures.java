package org.noports.atserver.host.verb;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.noports.atserver.host.tenant.Guests.Guest;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Timestamp;

/** Takes the figures of {@code stats}; the form of each is the reference's (atprotocol.md 3.17). */
final class Figures {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
  private static final double STEP = 1024;

  private Figures() {}

  static CompletionStage<JsonValue> inbound(Dialogue dialogue, Optional<String> regex) {
    return text(Integer.toString(dialogue.tenant().guests().present().size()));
  }

  static CompletionStage<JsonValue> outbound(Dialogue dialogue, Optional<String> regex) {
    return text(Integer.toString(dialogue.tenant().links().size()));
  }

  /** With an expression, the last commit that a device with that expression would sync. */
  static CompletionStage<JsonValue> lastCommit(Dialogue dialogue, Optional<String> regex) {
    if (regex.isEmpty()) {
      return dialogue.tenant().commits().last().thenApply(Figures::commit);
    }
    Predicate<String> wanted = SyncVerb.wanted(regex, dialogue.access());
    AtomicLong last = new AtomicLong();
    return dialogue
        .tenant()
        .commits()
        .each(
            0,
            commit -> {
              if (wanted.test(commit.key())) {
                last.set(commit.id());
              }
              return true;
            })
        .thenApply(done -> commit(last.get()));
  }

  private static JsonValue commit(long last) {
    return new JsonValue.Text(last == 0 ? "null" : Long.toString(last));
  }

  static CompletionStage<JsonValue> storage(Dialogue dialogue, Optional<String> regex) {
    return bytes(dialogue).thenApply(JsonValue.Number::of);
  }

  static CompletionStage<JsonValue> disk(Dialogue dialogue, Optional<String> regex) {
    return bytes(dialogue).thenApply(Figures::readable);
  }

  /** What the atSign's own entries take; the file around them is everybody's. */
  private static CompletionStage<Long> bytes(Dialogue dialogue) {
    AtomicLong sum = new AtomicLong();
    return dialogue
        .tenant()
        .records()
        .each(
            "",
            entry ->
                sum.addAndGet(
                    entry.key().length() + entry.value().length + entry.metadata().length))
        .thenApply(done -> sum.get());
  }

  private static JsonValue readable(long bytes) {
    int unit = 0;
    double size = bytes;
    while (size >= STEP && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    return textOf(
        JsonObject.builder()
            .put("size", String.format(Locale.ROOT, "%.2f", size))
            .put("units", UNITS[unit])
            .build());
  }

  static CompletionStage<JsonValue> version(Dialogue dialogue, Optional<String> regex) {
    return text(SmallVerbs.VERSION);
  }

  static CompletionStage<JsonValue> lastLogin(Dialogue dialogue, Optional<String> regex) {
    return text(time(dialogue.tenant().guests().lastLogin()));
  }

  static CompletionStage<JsonValue> lastPkam(Dialogue dialogue, Optional<String> regex) {
    return text(time(dialogue.tenant().guests().lastPkam()));
  }

  private static String time(Optional<Instant> at) {
    return at.map(Timestamp::format).orElse("Not Available");
  }

  static CompletionStage<JsonValue> notifications(Dialogue dialogue, Optional<String> regex) {
    return NotificationCount.of(dialogue.tenant()).thenApply(Figures::textOf);
  }

  static CompletionStage<JsonValue> latestCommits(Dialogue dialogue, Optional<String> regex) {
    Predicate<String> wanted = SyncVerb.wanted(regex, dialogue.access());
    JsonObject.Builder commits = JsonObject.builder();
    return dialogue
        .tenant()
        .commits()
        .each(
            0,
            commit -> {
              if (wanted.test(commit.key())) {
                commits.put(
                    commit.key(),
                    new JsonArray(
                        List.of(
                            JsonValue.Number.of(commit.id()),
                            new JsonValue.Text(commit.op().sign()))));
              }
              return true;
            })
        .thenApply(done -> textOf(commits.build()));
  }

  /** How many connections are the owner's, other atServers' and strangers'. */
  static CompletionStage<JsonValue> inboundSummary(Dialogue dialogue, Optional<String> regex) {
    List<Guest> present = dialogue.tenant().guests().present();
    long others = present.stream().filter(guest -> guest.proof().equals("pol")).count();
    long strangers = present.stream().filter(guest -> guest.proof().equals("none")).count();
    return CompletableFuture.completedFuture(
        JsonObject.builder()
            .put("total", present.size())
            .put("self", present.size() - others - strangers)
            .put("other", others)
            .put("anon", strangers)
            .build());
  }

  /** Each connection's address and standing. */
  static CompletionStage<JsonValue> inboundDetailed(Dialogue dialogue, Optional<String> regex) {
    List<JsonValue> guests =
        dialogue.tenant().guests().present().stream()
            .<JsonValue>map(
                guest ->
                    JsonObject.builder()
                        .put("peer", guest.peer())
                        .put("auth", guest.proof())
                        .build())
            .toList();
    return CompletableFuture.completedFuture(
        JsonObject.builder()
            .put("total", guests.size())
            .put("connections", new JsonArray(guests))
            .build());
  }

  /** Logs that are not kept here: nobody has visited them, and nothing was compacted. */
  static CompletionStage<JsonValue> notKept(Dialogue dialogue, Optional<String> regex) {
    return text("{}");
  }

  /** The reference gives some figures as JSON in a string. */
  private static JsonValue textOf(JsonValue json) {
    return new JsonValue.Text(json.toJson());
  }

  private static CompletionStage<JsonValue> text(String text) {
    return CompletableFuture.completedFuture(new JsonValue.Text(text));
  }
}
