package org.noports.shell;

import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.HostedAtSigns;
import org.noports.api.atserver.HostedAtSigns.Hosted;
import org.noports.protocol.json.JsonObject;

/** {@code noports:atserver-list}: the atSigns whose atServers run here. */
@Service
@Command(
    scope = "noports",
    name = "atserver-list",
    description = "Lists the atSigns whose atServers run here",
    detailedDescription = "classpath:atserver-list.txt")
public final class AtServerListCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<Hosted> all =
        here().require(HostedAtSigns.class, "noports-atserver").all().stream()
            .sorted(Comparator.comparing(Hosted::atSign))
            .toList();
    if (json) {
      print(all.stream().map(AtServerListCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    table.column("atSign");
    table.column("at");
    table.column("connections");
    table.emptyTableText("Nobody yet: noports:atserver-add hosts one");
    all.forEach(
        hosted ->
            table.addRow().addContent(hosted.atSign(), hosted.address(), hosted.connections()));
    table.print(out());
  }

  private static JsonObject json(Hosted hosted) {
    return JsonObject.builder()
        .put("atSign", hosted.atSign().name())
        .put("host", hosted.address().host())
        .put("port", hosted.address().port())
        .put("connections", hosted.connections())
        .build();
  }
}
