package org.noports.shell;

import java.util.Locale;
import java.util.Map;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PastDecision;
import org.noports.protocol.json.JsonObject;

/** Decisions and requests for people and programs. */
final class DecisionText {
  private DecisionText() {}

  /** As in {@code permit by night-shift, for 1h at most}. */
  static String of(Decision decision) {
    String said = PastDecision.answer(decision) + " by " + decision.rule();
    return decision instanceof Decision.Permit permit ? said + duties(permit.obligations()) : said;
  }

  private static String duties(Obligations duties) {
    StringBuilder said = new StringBuilder();
    if (!duties.require().toString().isEmpty()) {
      said.append(", requires ").append(duties.require().words());
    }
    duties.maxSession().ifPresent(most -> said.append(", for ").append(most).append(" at most"));
    if (duties.record()) {
      said.append(", recorded");
    }
    duties.others().stream().sorted().forEach(other -> said.append(", ").append(other));
    return said.toString();
  }

  /** As in {@code @alice tunnel dev1@device localhost:22}. */
  static String of(AccessRequest request) {
    return request.client()
        + " "
        + request.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
        + " "
        + request.device()
        + (request.deviceGroup().equals("__none__") ? "" : " of group " + request.deviceGroup())
        + request.target().map(Target::toString).map(place -> " " + place).orElse("")
        + request
            .circumstances()
            .address()
            .map(address -> " at " + address.getHostAddress())
            .orElse("")
        + request.circumstances().level().map(level -> " by " + level).orElse("");
  }

  /** The fields of an audit's decision. */
  static JsonObject.Builder json(AccessRequest request, Decision decision) {
    JsonObject.Builder json = JsonObject.builder();
    for (Map.Entry<String, String> field :
        new PastDecision(request, decision).details().entrySet()) {
      json.put(field.getKey(), field.getValue());
    }
    return json;
  }
}
