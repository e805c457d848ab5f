package org.noports.policy.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.AtSign;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.Requirement;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.policy.AuthAnswer;
import org.noports.protocol.policy.RemoteRuling;

/**
 * Makes of what a policy service answered a decision. One of another make only says yes or no: its
 * no forbids nothing, as with existing daemons, whose managers are let in without asking.
 */
final class ReadAnswer {
  private static final int MOST_CHARS = 500;
  private static final int MOST_SECONDS = 366 * 24 * 3600;

  private ReadAnswer() {}

  static Decision of(AtSign policy, AuthAnswer answer) {
    String by =
        answer
            .ruling()
            .map(RemoteRuling::rule)
            .map(ReadAnswer::line)
            .filter(r -> !r.isEmpty())
            .orElse("policy");
    String rule = by + policy;
    String revision = answer.ruling().map(RemoteRuling::revision).map(ReadAnswer::line).orElse("");
    String reason = policy + " says: " + answer.message().map(ReadAnswer::line).orElse("no");
    if (answer.ruling().isEmpty()) {
      return answer.authorized()
          ? new Decision.Permit(
              rule, places(policy, answer), Obligations.NONE, revision, Optional.empty())
          : new Decision.Abstain(rule, reason, revision);
    }
    RemoteRuling ruling = answer.ruling().get();
    return switch (ruling.verdict()) {
      case PERMIT ->
          answer.authorized()
              ? new Decision.Permit(
                  rule,
                  places(policy, answer),
                  obligations(ruling.obligations()),
                  revision,
                  ruling.until())
              : new Decision.Deny(rule, policy + " permits and does not authorize", revision);
      case DENY -> new Decision.Deny(rule, reason, revision);
      case ABSTAIN -> new Decision.Abstain(rule, reason, revision);
      case LATER -> new Decision.Later(rule, reason, revision);
    };
  }

  /** What a service says ends in logs: one line there, and a short one. */
  static String line(String text) {
    String most = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
    return most.replaceAll("\\p{Cntrl}", "?");
  }

  /** A place that cannot be read permits nothing. */
  private static List<PermitOpen> places(AtSign policy, AuthAnswer answer) {
    List<PermitOpen> places = new ArrayList<>();
    for (String place : answer.permitOpen()) {
      try {
        places.add(PermitOpen.of(place));
      } catch (IllegalArgumentException e) {
        PolicyRemoteLog.unreadablePlace(policy, line(place));
      }
    }
    return places;
  }

  /** What is not known here, or not said as it should be, is an obligation that nobody fulfils. */
  private static Obligations obligations(JsonObject said) {
    Requirement require = Requirement.NONE;
    Optional<Duration> maxSession = Optional.empty();
    boolean record = false;
    Set<String> others = new TreeSet<>();
    for (Map.Entry<String, JsonValue> one : said.fields().entrySet()) {
      switch (one.getKey()) {
        case "require" -> {
          Optional<Requirement> read = requirement(one.getValue());
          require = read.orElse(require);
          read.ifPresentOrElse(known -> {}, () -> others.add("require"));
        }
        case "maxSessionSeconds" -> {
          maxSession = seconds(one.getValue());
          maxSession.ifPresentOrElse(known -> {}, () -> others.add("maxSessionSeconds"));
        }
        case "record" -> record = one.getValue() != JsonValue.Literal.FALSE;
        default -> others.add(one.getKey());
      }
    }
    return new Obligations(require, maxSession, record, others);
  }

  private static Optional<Requirement> requirement(JsonValue value) {
    try {
      return value instanceof JsonValue.Text text
          ? Optional.of(Requirement.of(text.value()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(JsonValue value) {
    return value instanceof JsonValue.Number number
            && number.text().matches("[1-9][0-9]{0,8}")
            && Integer.parseInt(number.text()) <= MOST_SECONDS
        ? Optional.of(Duration.ofSeconds(Integer.parseInt(number.text())))
        : Optional.empty();
  }
}
