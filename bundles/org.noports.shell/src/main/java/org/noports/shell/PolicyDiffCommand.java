package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.policy.RuleBook;

/** {@code noports:policy-diff}: which accesses change. */
@Service
@Command(
    scope = "noports",
    name = "policy-diff",
    description = "Tells which accesses change from one book of rules to another",
    detailedDescription = "classpath:policy-diff.txt")
public final class PolicyDiffCommand extends NoPortsAction {
  @Argument(
      required = true,
      name = "books",
      description = "The old and the new book's file; with one, from the book in force to it",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<String> files = new Words(this).settle(words);
    if (files.isEmpty() || files.size() > 2) {
      throw new IllegalArgumentException("Expected OLD NEW, or NEW alone");
    }
    RuleBook before = PolicyBook.of(here(), files.size() == 1 ? null : files.get(0));
    RuleBook after = PolicyBook.of(here(), files.get(files.size() - 1));
    RuleBook.Comparison compared = before.compare(after);
    new AccessesText(out()).print(compared, json);
    if (!json) {
      out().println(compared.differences().size() + " kinds of requests are answered otherwise");
    }
  }
}
