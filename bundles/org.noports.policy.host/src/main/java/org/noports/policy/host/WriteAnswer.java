package org.noports.policy.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.Requirement;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.policy.AuthAnswer;
import org.noports.protocol.policy.AuthCheck;
import org.noports.protocol.policy.RemoteRuling;
import org.noports.protocol.policy.RemoteRuling.Verdict;

/**
 * Makes of a decision what the device is told: ours all of it, another's whether it is permitted
 * and to where.
 */
final class WriteAnswer {
  private static final JsonObject NONE = JsonObject.builder().build();

  private WriteAnswer() {}

  static AuthAnswer of(AuthCheck check, Decision decision) {
    if (check.request().isPresent()) {
      boolean yes = decision instanceof Decision.Permit;
      return new AuthAnswer(
          yes, Optional.of(words(decision)), places(decision), Optional.of(ruling(decision)));
    }
    boolean bare =
        decision instanceof Decision.Permit permit && permit.obligations().equals(Obligations.NONE);
    return new AuthAnswer(
        bare,
        Optional.of(forOthers(check, decision, bare)),
        bare ? places(decision).stream().filter(WriteAnswer::isPlain).toList() : List.of(),
        Optional.empty());
  }

  /** A daemon shows it to nobody but its log; which rule it was is for our audit. */
  private static String forOthers(AuthCheck check, Decision decision, boolean yes) {
    String who = check.client() + (yes ? " has permission for device " : " may not use device ");
    boolean obliged = decision instanceof Decision.Permit && !yes;
    return who
        + check.device().name()
        + " at daemon "
        + check.device().atSign()
        + (obliged ? ": its permission has obligations that this daemon does not know" : "");
  }

  /** One sentence for administrators. */
  static String words(Decision decision) {
    if (decision instanceof Decision.Deny no) {
      return no.reason();
    }
    if (decision instanceof Decision.Abstain nobody) {
      return nobody.reason();
    }
    return decision instanceof Decision.Later later ? later.reason() : "permitted";
  }

  /** What was decided, in one word. */
  static Verdict verdict(Decision decision) {
    if (decision instanceof Decision.Permit) {
      return Verdict.PERMIT;
    }
    if (decision instanceof Decision.Later) {
      return Verdict.LATER;
    }
    return decision instanceof Decision.Abstain ? Verdict.ABSTAIN : Verdict.DENY;
  }

  private static List<String> places(Decision decision) {
    return decision instanceof Decision.Permit permit
        ? permit.permitOpen().stream().map(PermitOpen::toString).toList()
        : List.of();
  }

  /** What every daemon reads: one colon, and no word that it would take for a host. */
  private static boolean isPlain(String place) {
    return place.indexOf(':') == place.lastIndexOf(':') && !place.startsWith("service:");
  }

  private static RemoteRuling ruling(Decision decision) {
    Optional<Instant> until =
        decision instanceof Decision.Permit permit ? permit.until() : Optional.empty();
    JsonObject obligations =
        decision instanceof Decision.Permit permit ? obligations(permit.obligations()) : NONE;
    return new RemoteRuling(
        verdict(decision), decision.rule(), decision.revision(), until, obligations);
  }

  private static JsonObject obligations(Obligations all) {
    JsonObject.Builder json = JsonObject.builder();
    if (!all.require().equals(Requirement.NONE)) {
      json.put("require", all.require().toString());
    }
    all.maxSession().ifPresent(most -> json.put("maxSessionSeconds", most.toSeconds()));
    if (all.record()) {
      json.put("record", true);
    }
    all.others().stream().sorted().forEach(name -> json.put(name, true));
    return json.build();
  }
}
