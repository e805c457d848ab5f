package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.NoPortsException;
import org.noports.api.directory.DirectoryRecords;

/** {@code noports:directory-remove}: takes an atSign out of the atDirectory that runs here. */
@Service
@Command(
    scope = "noports",
    name = "directory-remove",
    description = "Removes an atSign from the atDirectory that runs here",
    detailedDescription = "classpath:directory-remove.txt")
public final class DirectoryRemoveCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose record", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    AtSign atSign = AtSign.of(only("atSign", words));
    if (!here().require(DirectoryRecords.class, "noports-directory").remove(atSign)) {
      throw new AtSignNotFound(
          "The atDirectory that runs here has no record of "
              + atSign
              + "; noports:directory-list shows what it has");
    }
    out().println(atSign + " is removed");
  }
}
