package org.noports.shell;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.directory.DirectoryRecords;
import org.noports.protocol.json.JsonObject;

/** {@code noports:directory-list}: the records of the atDirectory that runs here. */
@Service
@Command(
    scope = "noports",
    name = "directory-list",
    description = "Lists the records of the atDirectory that runs here",
    detailedDescription = "classpath:directory-list.txt")
public final class DirectoryListCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    Map<AtSign, HostPort> records =
        here().require(DirectoryRecords.class, "noports-directory").all();
    if (json) {
      List<JsonObject> all = records.entrySet().stream().map(DirectoryListCommand::json).toList();
      print(all);
      return;
    }
    ShellTable table = new ShellTable();
    table.column("atSign");
    table.column("atServer");
    table.emptyTableText("No record yet: noports:directory-add registers one");
    records.forEach((atSign, atServer) -> table.addRow().addContent(atSign, atServer));
    table.print(out());
  }

  private static JsonObject json(Map.Entry<AtSign, HostPort> record) {
    return JsonObject.builder()
        .put("atSign", record.getKey().name())
        .put("host", record.getValue().host())
        .put("port", record.getValue().port())
        .build();
  }
}
