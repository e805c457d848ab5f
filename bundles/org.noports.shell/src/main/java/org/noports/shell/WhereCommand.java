package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.directory.AtDirectory;
import org.noports.protocol.json.JsonObject;

/** {@code noports:where}: which host and port serves an atSign. */
@Service
@Command(
    scope = "noports",
    name = "where",
    description = "Looks up the atServer of an atSign in the atDirectory",
    detailedDescription = "classpath:where.txt")
public final class WhereCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose atServer", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    AtDirectory directory = here().require(AtDirectory.class, "noports-base");
    directory.forget(owner);
    HostPort found = Outcome.of(directory.find(owner));
    if (json) {
      print(
          JsonObject.builder()
              .put("atSign", owner.name())
              .put("host", found.host())
              .put("port", found.port())
              .build());
    } else {
      out().println(found);
    }
  }
}
