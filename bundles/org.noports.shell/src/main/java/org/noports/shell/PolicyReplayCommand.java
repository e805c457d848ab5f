package org.noports.shell;

import java.util.List;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.policy.RuleBook;

/** {@code noports:policy-replay}: the past under other rules. */
@Service
@Command(
    scope = "noports",
    name = "policy-replay",
    description = "Asks a book of rules what an audit's decisions would be by it",
    detailedDescription = "classpath:policy-replay.txt")
public final class PolicyReplayCommand extends NoPortsAction {
  @Argument(
      required = true,
      name = "log",
      description = "An audit's file, and the new book's; without a book, the one in force",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<String> files = new Words(this).settle(words);
    if (files.isEmpty() || files.size() > 2) {
      throw new IllegalArgumentException("Expected LOG NEW, or LOG alone");
    }
    RuleBook book = PolicyBook.of(here(), files.size() == 1 ? null : files.get(1));
    try (ReadDecisions log = ReadDecisions.open(files.get(0))) {
      RuleBook.Replayed replayed = book.replay(log);
      new AccessesText(out()).print(replayed.differences(), json);
      if (!json) {
        out()
            .println(
                replayed.differing()
                    + " of "
                    + replayed.asked()
                    + " decisions would be others "
                    + new TreeMap<>(replayed.counts()));
        out().println(log.skipped() + " lines are no decisions");
      }
    }
  }
}
