package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.HostedAtSigns;

/** {@code noports:atserver-remove}: hosts an atSign no longer. */
@Service
@Command(
    scope = "noports",
    name = "atserver-remove",
    description = "Hosts an atSign here no longer",
    detailedDescription = "classpath:atserver-remove.txt")
public final class AtServerRemoveCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whom", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--delete", description = "Drop all it stored, for good")
  private boolean delete;

  @Override
  protected void run() throws NoPortsException {
    AtSign atSign = AtSign.of(only("atSign", words));
    HostedAtSigns hosted = here().require(HostedAtSigns.class, "noports-atserver");
    if (!(delete ? hosted.delete(atSign) : hosted.remove(atSign))) {
      throw new AtSignNotFound(atSign + " is not hosted here; noports:atserver-list shows who is");
    }
    out()
        .println(
            delete
                ? atSign + " and all it stored are gone."
                : atSign + " is hosted no longer; atserver-add brings it back with all it had.");
  }
}
