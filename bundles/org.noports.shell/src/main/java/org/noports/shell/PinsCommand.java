package org.noports.shell;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.DeviceName;
import org.noports.api.NoPortsException;
import org.noports.api.pins.Pin;
import org.noports.api.pins.Pins;
import org.noports.protocol.json.JsonObject;

/** {@code noports:pins}: the peers that are known here. */
@Service
@Command(
    scope = "noports",
    name = "pins",
    description = "Lists the peers that are known here by their keys, or forgets one",
    detailedDescription = "classpath:pins.txt")
public final class PinsCommand extends NoPortsAction {
  @Argument(
      name = "peer",
      description = "@device, or dev1@device; all that are known unless named",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(
      name = "--forget",
      description = "Forget it: the next meeting counts as the first, whatever key it brings")
  private boolean forget;

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    Pins pins = here().require(Pins.class, "noports-base");
    List<String> named = new Words(this).settle(words);
    if (forget) {
      forget(pins, only("peer", named));
      return;
    }
    List<Pin> shown =
        pins.all().stream()
            .filter(pin -> named.isEmpty() || named.stream().anyMatch(name -> is(pin, name)))
            .toList();
    if (json) {
      print(shown.stream().map(PinsCommand::json).toList());
      return;
    }
    table(shown);
  }

  private static boolean is(Pin pin, String name) {
    PeerArgument peer = PeerArgument.of(name);
    return pin.peer().equals(peer.atSign())
        && (peer.device().isEmpty() || pin.device().equals(peer.device()));
  }

  private void forget(Pins pins, String name) throws NoPortsException {
    PeerArgument peer = PeerArgument.of(name);
    int gone = pins.forget(peer.atSign(), peer.device());
    out().println(gone + " forgotten; the next meeting with " + name + " counts as the first");
  }

  private void table(List<Pin> pins) {
    ShellTable table = new ShellTable();
    for (String column : List.of("peer", "key", "lowest", "learnt", "since")) {
      table.column(column);
    }
    table.emptyTableText("Nobody has been met yet");
    pins.forEach(
        pin ->
            table
                .addRow()
                .addContent(pin.name(), keys(pin), pin.lowest(), pin.learnt(), pin.since()));
    table.print(out());
  }

  private static String keys(Pin pin) {
    return pin.keys().entrySet().stream()
        .map(key -> key.getKey() + " " + key.getValue())
        .collect(Collectors.joining(", "));
  }

  private static JsonObject json(Pin pin) {
    JsonObject.Builder keys = JsonObject.builder();
    pin.keys().forEach((kind, key) -> keys.put(kind.toLowerCase(Locale.ROOT), key.text()));
    return JsonObject.builder()
        .put("peer", pin.peer().name())
        .putNullable("device", pin.device().map(DeviceName::name))
        .put("keys", keys.build())
        .put("lowest", pin.lowest().name())
        .put("learnt", pin.learnt())
        .put("since", pin.since().toString())
        .build();
  }
}
