package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * What stands behind a policy service's answer: the object {@code response} of an {@link
 * AuthAnswer}, ours alone (docs/protocol/noports.md 7.3).
 *
 * @param verdict yes, no, or what is neither
 * @param rule the rule that decided, as the service's administrator would look it up
 * @param revision which version of the rules; empty text if they have none
 * @param until when the device is to ask again at the latest
 * @param obligations what a session has to be and do, by name: {@code require}, {@code
 *     maxSessionSeconds}, {@code record}; a device denies for one that it does not know
 */
public record RemoteRuling(
    Verdict verdict,
    String rule,
    String revision,
    Optional<Instant> until,
    JsonObject obligations) {
  /** What was decided. */
  public enum Verdict {
    /** Yes. */
    PERMIT,
    /** No, whoever else permits it. */
    DENY,
    /** Nothing here permits or forbids it. */
    ABSTAIN,
    /** It depends on what the relay will have seen. */
    LATER
  }

  public RemoteRuling {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(until, "until is null");
    requireNonNull(obligations, "obligations is null");
  }

  static RemoteRuling parse(JsonObject json) throws ProtocolViolation {
    return new RemoteRuling(
        json.requireText("decision", word -> Verdict.valueOf(word.toUpperCase(Locale.ROOT))),
        json.text("rule").orElse(""),
        json.text("revision").orElse(""),
        json.whole("until").map(Instant::ofEpochMilli),
        json.object("obligations").orElseGet(() -> JsonObject.builder().build()));
  }

  JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("decision", verdict.name().toLowerCase(Locale.ROOT))
            .put("obligations", obligations)
            .put("rule", rule)
            .put("revision", revision);
    until.ifPresent(when -> json.put("until", when.toEpochMilli()));
    return json.build();
  }
}
