package org.noports.atserver.host.verb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.record.Commit;
import org.noports.atserver.host.record.CommitOp;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Sync;

/**
 * {@code sync}: what an owner's device has missed, a page at a time (atprotocol.md 3.16). The
 * device asks again behind the last commit that it was given, until it is given none.
 */
final class SyncVerb implements VerbHandler<Sync> {
  /** As many as the reference gives in one answer. */
  private static final int MOST_ENTRIES = 25;

  /** Bytes after which an answer ends; one entry comes whatever its size, or nobody got on. */
  private static final int MOST_BYTES = 5_242_880;

  @Override
  public CompletionStage<Response> handle(Sync sync, Dialogue dialogue) {
    Page page = new Page(sync, wanted(sync.regex(), dialogue.access()));
    return dialogue
        .tenant()
        .commits()
        .each(sync.after(), page::take)
        .thenApply(done -> new Response.Data(new JsonArray(page.entries).toJson()));
  }

  /**
   * Which keys a device with this expression and enrollment syncs; stats counts with the same rule.
   */
  static Predicate<String> wanted(Optional<String> regex, Access access) {
    GuardedPattern pattern = regex.map(ScanVerb::pattern).orElse(GuardedPattern.ALL);
    return key -> (ScanVerb.found(pattern, key) || always(key)) && Permissions.mayRead(key, access);
  }

  /** What every program of an owner needs, whatever its name space. */
  private static boolean always(String key) {
    if (key.startsWith("public:publickey")) {
      return true;
    }
    try {
      AtKey parsed = AtKey.parse(key);
      boolean sharedKey =
          parsed.name().equals("shared_key") || parsed.name().startsWith("shared_key.");
      return sharedKey || parsed.kind() == KeyKind.PUBLIC && parsed.namespace().isEmpty();
    } catch (ProtocolViolation e) {
      // Only a program that wrote past us could have stored it: nobody asked for it by name.
      return false;
    }
  }

  /** One answer in the making. */
  private static final class Page {
    private final Sync sync;
    private final Predicate<String> wanted;
    private final long limit;
    private final List<JsonValue> entries = new ArrayList<>();
    private long bytes;

    Page(Sync sync, Predicate<String> wanted) {
      this.sync = sync;
      this.wanted = wanted;
      this.limit = Math.max(1, Math.min(MOST_ENTRIES, sync.limit().orElse((long) MOST_ENTRIES)));
    }

    /** Takes a commit if it is wanted; false when the page is full. */
    boolean take(Commit commit) {
      boolean old =
          commit.op() == CommitOp.DELETE && commit.id() <= sync.skipDeletesUntil().orElse(-1L);
      if (old || !wanted.test(commit.key())) {
        return true;
      }
      JsonObject entry = commit.toJson();
      bytes += entry.toJson().getBytes(StandardCharsets.UTF_8).length;
      if (!entries.isEmpty() && bytes > MOST_BYTES) {
        return false;
      }
      entries.add(entry);
      return entries.size() < limit && bytes <= MOST_BYTES;
    }
  }
}
