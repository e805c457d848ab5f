package org.noports.atserver.host.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Scan;

/** {@code scan}: the names of the keys that whoever asks may know of (atprotocol.md 3.8). */
final class ScanVerb implements VerbHandler<Scan> {
  @Override
  public CompletionStage<Response> handle(Scan scan, Dialogue dialogue) {
    if (scan.of().filter(other -> !other.equals(dialogue.self())).isPresent()) {
      return elsewhere(scan, dialogue);
    }
    GuardedPattern wanted = scan.regex().map(ScanVerb::pattern).orElse(GuardedPattern.ALL);
    Standing standing = dialogue.standing();
    if (standing instanceof Standing.Visitor visitor) {
      return names(dialogue, wanted, visitor.atSign() + ":", "");
    }
    if (standing instanceof Standing.Stranger) {
      return names(dialogue, wanted, "public:", "public:_");
    }
    List<String> names = new ArrayList<>();
    Consumer<String> collect =
        key -> {
          if (KeyNames.shownToOwner(key, scan.showHidden())
              && shown(key, dialogue.access())
              && found(wanted, key)) {
            names.add(key);
          }
        };
    return dialogue
        .tenant()
        .records()
        .each("", entry -> collect.accept(entry.key()))
        .thenApply(done -> array(names));
  }

  private static boolean shown(String key, Access access) {
    if (access.full()) {
      return true;
    }
    try {
      return access.shows(AtKey.parse(key));
    } catch (ProtocolViolation e) {
      return false;
    }
  }

  /** Names with a prefix, shown without it, but for those that are hidden. */
  private static CompletionStage<Response> names(
      Dialogue dialogue, GuardedPattern wanted, String prefix, String hidden) {
    List<String> names = new ArrayList<>();
    return dialogue
        .tenant()
        .records()
        .each(
            prefix,
            entry -> {
              String key = entry.key();
              boolean shown = hidden.isEmpty() || !key.startsWith(hidden);
              if (shown && found(wanted, key)) {
                names.add(key.substring(prefix.length()));
              }
            })
        .thenApply(done -> array(names));
  }

  private static CompletionStage<Response> elsewhere(Scan scan, Dialogue dialogue) {
    if (!dialogue.isOwner()) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "Command cannot be executed without auth");
    }
    String line = "scan" + scan.regex().map(regex -> " " + regex).orElse("");
    Function<Response, Response> passOn =
        answer -> {
          if (answer instanceof Response.Failure failure) {
            throw new Refusal(
                failure.known().orElse(ErrorCode.INTERNAL_EXCEPTION), failure.message(), false);
          }
          return seen(answer, dialogue.access());
        };
    return dialogue
        .tenant()
        .links()
        .call(scan.of().orElseThrow(), PeerLinks.Purpose.SHARED, line)
        .thenApply(passOn);
  }

  /** The other atServer knows the atSign only, not which of its keys asks. */
  private static Response seen(Response answer, Access access) {
    if (access.full() || !(answer instanceof Response.Data data)) {
      return answer;
    }
    try {
      return array(
          JsonArray.parse("scan", data.text()).texts().stream()
              .filter(name -> shown(name, access))
              .toList());
    } catch (ProtocolViolation e) {
      throw new Refusal(ErrorCode.HANDSHAKE, e.getMessage(), false);
    }
  }

  /** Compiles a peer's expression, for scan and monitor alike. */
  static GuardedPattern pattern(String regex) {
    try {
      return GuardedPattern.of(regex);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. " + e.getMessage());
    }
  }

  static boolean found(GuardedPattern wanted, String key) {
    try {
      return wanted.foundIn(key);
    } catch (GuardedPattern.TooCostly e) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. " + e.getMessage());
    }
  }

  private static Response array(List<String> names) {
    return new Response.Data(JsonArray.ofTexts(names).toJson());
  }
}
