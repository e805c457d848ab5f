package org.noports.atserver.host.verb;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.verb.Batch;
import org.noports.protocol.verb.ConfigBlock;
import org.noports.protocol.verb.ConfigSetting;
import org.noports.protocol.verb.Cram;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.From;
import org.noports.protocol.verb.Info;
import org.noports.protocol.verb.Keys;
import org.noports.protocol.verb.LaterVerb;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.Monitor;
import org.noports.protocol.verb.Noop;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.NotifyAll;
import org.noports.protocol.verb.NotifyList;
import org.noports.protocol.verb.NotifyQuery;
import org.noports.protocol.verb.Otp;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Pol;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Scan;
import org.noports.protocol.verb.Stats;
import org.noports.protocol.verb.Sync;
import org.noports.protocol.verb.To;
import org.noports.protocol.verb.Update;
import org.noports.protocol.verb.UpdateMeta;
import org.noports.protocol.verb.Verb;
import org.noports.protocol.verb.VerbFailure;

/**
 * Table of contents of the verbs: which handler answers which, and which need the owner.
 *
 * <p>Immutable; one for all atSigns.
 */
public final class VerbTable {
  /** Refused to others before they are even read (atprotocol.md 3). */
  private static final Set<String> OWNER_ONLY =
      Set.of(
          "plookup", "llookup", "update", "delete", "monitor", "config", "sync", "stats", "otp",
          "keys", "batch");

  private static final Set<Class<? extends Verb>> ABOUT_NOTIFICATIONS =
      Set.of(NotifyAll.class, NotifyList.class, NotifyQuery.class);

  private static final String NOTIFY = "notify:";

  /** Words that make another verb of it. */
  private static final List<String> OTHER_THAN_NOTIFY =
      List.of("list", "all", "status", "fetch", "remove");

  private final Map<Class<? extends Verb>, VerbHandler<Verb>> handlers = new HashMap<>();

  public VerbTable() {
    put(From.class, new FromVerb());
    put(Cram.class, CramVerb::cram);
    put(Pkam.class, new PkamVerb());
    put(Pol.class, new PolVerb());
    put(To.class, SmallVerbs::to);
    put(Lookup.class, LookupVerbs::meantForYou);
    put(PublicLookup.class, LookupVerbs::ofPublic);
    put(LocalLookup.class, LookupVerbs::local);
    put(Scan.class, new ScanVerb());
    put(Update.class, StoreVerbs::update);
    put(UpdateMeta.class, StoreVerbs::updateMeta);
    put(Delete.class, StoreVerbs::delete);
    put(Notify.class, new NotifyVerb());
    put(NotifyAll.class, NotifyVerb::all);
    put(NotifyList.class, NotifyQueries::list);
    put(NotifyQuery.class, NotifyQueries::one);
    put(Noop.class, SmallVerbs::noop);
    put(Info.class, SmallVerbs::info);
    put(Sync.class, new SyncVerb());
    put(Stats.class, new StatsVerb());
    put(ConfigBlock.class, ConfigVerbs::block);
    put(ConfigSetting.class, ConfigVerbs::setting);
    put(Batch.class, new BatchVerb(this::spoken));
    put(Enroll.class, new EnrollVerb());
    put(Otp.class, new OtpVerb());
    put(Keys.class, new KeysVerb());
    put(LaterVerb.class, SmallVerbs::later);
  }

  private <V extends Verb> void put(Class<V> type, VerbHandler<V> handler) {
    handlers.put(type, (verb, dialogue) -> handler.handle(type.cast(verb), dialogue));
  }

  /**
   * Whether a command may be begun before the one before it has been answered: an owner's
   * notifications go into the store in the order in which they are begun, and nothing they do
   * depends on the answer to another. What is asked about notifications does; what another atServer
   * tells us may first look for our copy, and what an enrollment may do is looked up each time.
   */
  public boolean overlaps(String line, Dialogue dialogue) {
    return line.regionMatches(true, 0, NOTIFY, 0, NOTIFY.length())
        && OTHER_THAN_NOTIFY.stream()
            .noneMatch(word -> line.regionMatches(true, NOTIFY.length(), word, 0, word.length()))
        && dialogue.isOwner()
        && dialogue.access().full();
  }

  /** Answers one command line; never fails, and returns at once. */
  public CompletionStage<Answer> answer(String line, Dialogue dialogue) {
    if (dialogue.access().full()) {
      return answered(line, dialogue);
    }
    try {
      return Permissions.renewed(dialogue)
          .thenCompose(still -> answered(line, dialogue))
          .exceptionally(failure -> Frames.failure(failure, dialogue));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(Frames.failure(e, dialogue));
    }
  }

  private CompletionStage<Answer> answered(String line, Dialogue dialogue) {
    try {
      requireOwner(line, dialogue);
      return spoken(Verb.parse(line), dialogue)
          .handle(
              (response, failure) ->
                  failure != null
                      ? Frames.failure(failure, dialogue)
                      : response
                          .map(said -> Frames.success(said, dialogue))
                          .orElse(new Answer("", false)));
    } catch (VerbFailure | RuntimeException e) {
      return CompletableFuture.completedFuture(Frames.failure(e, dialogue));
    }
  }

  /** The answer to a line that is none: too long, or not UTF-8. The connection ends with it. */
  public Answer unreadable(String why, Dialogue dialogue) {
    return Frames.failure(new Refusal(ErrorCode.BUFFER_LIMIT, why), dialogue);
  }

  private CompletionStage<Optional<Response>> spoken(Verb verb, Dialogue dialogue) {
    requireOwner(ABOUT_NOTIFICATIONS.contains(verb.getClass()), dialogue);
    Permissions.check(verb, dialogue);
    return verb instanceof Monitor monitor
        ? MonitorVerb.listen(monitor, dialogue)
        : handlers.get(verb.getClass()).handle(verb, dialogue).thenApply(Optional::of);
  }

  private static void requireOwner(String line, Dialogue dialogue) {
    int end = 0;
    while (end < line.length() && line.charAt(end) != ':' && line.charAt(end) != ' ') {
      end++;
    }
    String name = line.substring(0, end).toLowerCase(Locale.ROOT);
    requireOwner(OWNER_ONLY.contains(name), dialogue);
  }

  private static void requireOwner(boolean needed, Dialogue dialogue) {
    if (needed && !dialogue.isOwner()) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "Command cannot be executed without auth");
    }
  }
}
