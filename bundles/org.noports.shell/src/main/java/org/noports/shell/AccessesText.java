package org.noports.shell;

import java.io.PrintStream;
import java.util.List;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RuleBook;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonValue;

/** What may be done, or would be decided otherwise, one line each. */
final class AccessesText {
  private static final String CUT =
      "There are more kinds of requests than were asked for: this is not all";

  private final PrintStream out;

  AccessesText(PrintStream out) {
    this.out = out;
  }

  void print(RuleBook.Accesses accesses, boolean json) {
    if (json) {
      line(
          accesses.accesses().stream()
              .map(each -> (JsonValue) DecisionText.json(each.sample(), each.decision()).build())
              .toList());
      return;
    }
    for (RuleBook.Access access : accesses.accesses()) {
      out.println(DecisionText.of(access.sample()) + ": " + words(access.decision()));
    }
    if (accesses.accesses().isEmpty()) {
      out.println("Nothing and nobody");
    }
    if (!accesses.complete()) {
      out.println(CUT);
    }
  }

  private static String words(Decision decision) {
    if (decision instanceof Decision.Later) {
      return "under a condition, by " + decision.rule();
    }
    return DecisionText.of(decision)
        + (decision instanceof Decision.Permit permit && decision.rule().equals("managers")
            ? ", to " + permit.permitOpen()
            : "");
  }

  void print(RuleBook.Comparison comparison, boolean json) {
    print(comparison.differences(), json);
    if (!comparison.complete() && !json) {
      out.println(CUT);
    }
  }

  void print(List<RuleBook.Difference> differences, boolean json) {
    if (json) {
      line(
          differences.stream()
              .map(
                  each ->
                      (JsonValue)
                          DecisionText.json(each.sample(), each.after())
                              .put("before", DecisionText.of(each.before()))
                              .put("after", DecisionText.of(each.after()))
                              .build())
              .toList());
      return;
    }
    for (RuleBook.Difference each : differences) {
      out.println(
          DecisionText.of(each.sample())
              + ": "
              + DecisionText.of(each.before())
              + " -> "
              + DecisionText.of(each.after()));
    }
  }

  private void line(List<JsonValue> all) {
    out.println(new JsonArray(all).toJson());
  }
}
