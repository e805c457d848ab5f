package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;

/** {@code noports:policy-what-can}: everything that somebody may do. */
@Service
@Command(
    scope = "noports",
    name = "policy-what-can",
    description = "Lists everything that an atSign may do",
    detailedDescription = "classpath:policy-what-can.txt")
public final class PolicyWhatCanCommand extends NoPortsAction {
  @Argument(required = true, name = "atSign", description = "Who", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--book", description = "The file of another book than the one in force")
  private String file;

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    AtSign client = AtSign.of(only("atSign", words));
    new AccessesText(out()).print(PolicyBook.of(here(), file).whatCan(client), json);
  }
}
