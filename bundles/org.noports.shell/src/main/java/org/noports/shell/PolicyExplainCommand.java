package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RuleBook;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** {@code noports:policy-explain}: what is decided, and why. */
@Service
@Command(
    scope = "noports",
    name = "policy-explain",
    description = "Tells what the rules decide on a request, and how they come to it",
    detailedDescription = "classpath:policy-explain.txt")
public final class PolicyExplainCommand extends NoPortsAction {
  @Argument(
      required = true,
      name = "request",
      description = "Who, which device, and where to: @alice @device dev1 localhost:22",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--at", description = "When: 03:00 today or 2026-11-21T03:00, in the book's zone")
  private String at;

  @Option(name = "--kind", description = "ping, tunnel, udp, listen, ssh or public-key")
  private String kind = "tunnel";

  @Option(name = "--group", description = "The device's group")
  private String group = "__none__";

  @Option(name = "--tag", description = "One of the device's tags", multiValued = true)
  private List<String> tags = List.of();

  @Option(name = "--address", description = "What the place's name is resolved to")
  private String address;

  @Option(name = "--level", description = "How the session is protected: L0 to L3")
  private String level;

  @Option(name = "--observed", description = "Where the relay sees the client, or 'pending'")
  private String observed;

  @Option(name = "--country", description = "The country of that address")
  private String country;

  @Option(name = "--book", description = "The file of another book than the one in force")
  private String file;

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<String> plain = new Words(this).settle(words);
    RuleBook book = PolicyBook.of(here(), file);
    AccessRequest request =
        PolicyQuestion.of(AtSign.of(plain.get(0)), plain.subList(1, plain.size()), kind, group)
            .under(
                PolicyQuestion.around(
                    PolicyQuestion.at(at, book.zone()),
                    tags,
                    address,
                    level,
                    PolicyQuestion.observed(observed, country)));
    RuleBook.Explanation told = book.explain(request);
    if (json) {
      print(
          DecisionText.json(request, told.decision())
              .put(
                  "considered",
                  new JsonArray(
                      told.considered().stream().map(each -> (JsonValue) json(each)).toList()))
              .put("others", told.others())
              .build());
      return;
    }
    out().println(DecisionText.of(told.decision()));
    told.considered().forEach(this::tell);
    out().println(told.others() + " other rules name another client, device or place");
  }

  private void tell(RuleBook.Considered rule) {
    out()
        .println(
            "  "
                + rule.effect()
                + " "
                + rule.rule()
                + (rule.line() > 0 ? " (line " + rule.line() + ")" : "")
                + ": "
                + (rule.because().isEmpty()
                    ? "matches"
                    : rule.truth() + " by its '" + rule.because() + "'"));
    rule.steps().forEach(step -> out().println("    " + step));
  }

  private static JsonObject json(RuleBook.Considered rule) {
    return JsonObject.builder()
        .put("rule", rule.rule())
        .put("line", rule.line())
        .put("effect", rule.effect())
        .put("truth", rule.truth())
        .put("because", rule.because())
        .put("steps", rule.steps())
        .build();
  }
}
