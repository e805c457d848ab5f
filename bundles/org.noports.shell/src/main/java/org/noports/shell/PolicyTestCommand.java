package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.policy.RuleBook;
import org.noports.protocol.json.JsonObject;

/** {@code noports:policy-test}: asks a book its own tests. */
@Service
@Command(
    scope = "noports",
    name = "policy-test",
    description = "Reads a book of rules and asks it its own tests",
    detailedDescription = "classpath:policy-test.txt")
public final class PolicyTestCommand extends NoPortsAction {
  @Argument(
      name = "file",
      description = "A book of rules; the one in force unless named",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<String> named = new Words(this).settle(words);
    RuleBook book = PolicyBook.of(here(), named.isEmpty() ? null : only("file", named));
    List<String> failures = book.failures();
    if (json) {
      print(
          JsonObject.builder()
              .put("book", book.name())
              .put("revision", book.revision())
              .put("rules", book.rules())
              .put("tests", book.tests())
              .put("failures", failures)
              .build());
    } else {
      out().println(book.name() + ": " + book.rules() + " rules, revision " + book.revision());
      failures.forEach(out()::println);
    }
    if (!failures.isEmpty()) {
      throw new ConfigurationInvalid(
          failures.size() + " of " + book.tests() + " tests of " + book.name() + " fail");
    }
    if (!json) {
      out().println("All " + book.tests() + " tests are answered as expected");
    }
  }
}
