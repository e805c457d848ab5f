package org.noports.shell;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.session.Devices;
import org.noports.api.session.Devices.DeviceStatus;
import org.noports.protocol.json.JsonObject;

/** {@code noports:devices}: which devices an atSign has told us of, and which of them answer. */
@Service
@Command(
    scope = "noports",
    name = "devices",
    description = "Lists the devices of an atSign and whether they answer",
    detailedDescription = "classpath:devices.txt")
public final class DevicesCommand extends NoPortsAction {
  @Argument(
      name = "owner",
      required = true,
      description = "The devices' atSign",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--within", description = "Seconds to wait for answers")
  private int withinSeconds = 5;

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    Devices devices = here().require(Devices.class, "noports-client");
    List<DeviceStatus> found =
        Outcome.of(devices.list(here().from(from), owner, Duration.ofSeconds(withinSeconds)));
    if (json) {
      print(found.stream().map(DevicesCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    List.of("device", "active", "version", "permits").forEach(table::column);
    table.emptyTableText(
        owner + " has told you of no device: are you a manager of one of its devices?");
    found.forEach(
        d ->
            table
                .addRow()
                .addContent(
                    d.address(),
                    d.active() ? "yes" : "no",
                    d.version(),
                    String.join(" ", d.services())));
    table.print(out());
  }

  private static JsonObject json(DeviceStatus device) {
    return JsonObject.builder()
        .put("device", device.address().toString())
        .put("active", device.active())
        .put("version", device.version())
        .put("services", device.services())
        .build();
  }
}
