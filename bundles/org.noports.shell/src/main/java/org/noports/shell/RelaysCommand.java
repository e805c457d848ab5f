package org.noports.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.directory.AtDirectory;
import org.noports.api.relay.RelaySessions;
import org.noports.api.session.ClientDefaults;
import org.noports.protocol.json.JsonObject;

/** {@code noports:relays}: the relays that are known here, and what one that runs here carries. */
@Service
@Command(
    scope = "noports",
    name = "relays",
    description = "Lists the relays that are known here",
    detailedDescription = "classpath:relays.txt")
public final class RelaysCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    Map<AtSign, String> relays = new LinkedHashMap<>();
    AtDirectory directory = here().require(AtDirectory.class, "noports-base");
    for (ClientDefaults defaults : here().all(ClientDefaults.class)) {
      for (AtSign relay : defaults.relays()) {
        relays.put(relay, whereabouts(directory, relay));
      }
    }
    for (RelaySessions ours : here().all(RelaySessions.class)) {
      relays.put(ours.atSign(), "runs here, carries " + ours.carried().size() + " sessions");
    }
    show(relays);
  }

  private static String whereabouts(AtDirectory directory, AtSign relay)
      throws InterruptedException {
    try {
      return "atServer at " + Outcome.of(directory.find(relay));
    } catch (NoPortsException e) {
      return e.getMessage();
    }
  }

  private void show(Map<AtSign, String> relays) {
    if (json) {
      print(relays.entrySet().stream().map(RelaysCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    table.column("relay");
    table.column("status");
    table.emptyTableText("No relay is known here: set 'relays' in etc/org.noports.client.cfg");
    relays.forEach((relay, status) -> table.addRow().addContent(relay, status));
    table.print(out());
  }

  private static JsonObject json(Map.Entry<AtSign, String> relay) {
    return JsonObject.builder()
        .put("relay", relay.getKey().name())
        .put("status", relay.getValue())
        .build();
  }
}
