package org.noports.shell;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.relay.RelaySessions;
import org.noports.api.relay.RelaySessions.Carried;
import org.noports.api.relay.RelaySessions.Standing;
import org.noports.protocol.json.JsonObject;

/** {@code noports:relay}: how the relay stands that runs here, and what it carries how fast. */
@Service
@Command(
    scope = "noports",
    name = "relay",
    description = "Shows the relay that runs here, its sessions and their rates",
    detailedDescription = "classpath:relay.txt")
public final class RelayCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() {
    List<RelaySessions> relays = here().all(RelaySessions.class);
    if (json) {
      print(
          relays.stream()
              .flatMap(relay -> relay.carried().stream().map(one -> json(relay, one)))
              .toList());
      return;
    }
    relays.stream().map(RelayCommand::sentence).forEach(out()::println);
    ShellTable table = new ShellTable();
    for (String column :
        List.of("session", "client", "device", "ports", "since", "open", "carried", "per second")) {
      table.column(column);
    }
    table.emptyTableText(
        relays.isEmpty()
            ? "No relay runs here: see etc/org.noports.relay.server.cfg"
            : "It carries no session");
    relays.forEach(relay -> relay.carried().forEach(one -> add(table, one)));
    table.print(out());
  }

  private static String sentence(RelaySessions relay) {
    Standing standing = relay.standing();
    return relay.atSign()
        + " at "
        + standing.address()
        + ": "
        + relay.carried().size()
        + " of "
        + standing.sessionsAtMost()
        + " sessions"
        + (standing.draining() ? "; it is being drained and takes no more" : "");
  }

  private static void add(ShellTable table, Carried one) {
    table
        .addRow()
        .addContent(
            one.id(),
            one.client(),
            one.device(),
            one.clientPort() + ", " + one.devicePort(),
            FactsText.ago(one.since(), Instant.now()),
            one.pairs(),
            FactsText.bytes(one.bytes()),
            FactsText.bytes(one.bytesPerSecond()));
  }

  private static JsonObject json(RelaySessions relay, Carried one) {
    return JsonObject.builder()
        .put("relay", relay.atSign().name())
        .put("session", one.id().toString())
        .put("client", one.client().name())
        .put("device", one.device().name())
        .put("clientPort", one.clientPort())
        .put("devicePort", one.devicePort())
        .put("since", one.since().toString())
        .put("open", one.pairs())
        .put("bytes", one.bytes())
        .put("bytesPerSecond", one.bytesPerSecond())
        .build();
  }
}
