package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.protocol.json.JsonObject;

/** {@code noports:ciphers}: which algorithms are present, from which bundle, computed by what. */
@Service
@Command(
    scope = "noports",
    name = "ciphers",
    description = "Lists the algorithms that are present now",
    detailedDescription = "classpath:ciphers.txt")
public final class CiphersCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<PresentAlgorithm> present =
        here().require(CipherCatalogue.class, "noports-base").present();
    if (json) {
      print(present.stream().map(CiphersCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    List.of("kind", "algorithm", "bundle", "engine").forEach(table::column);
    table.emptyTableText("None: no session can be opened. feature:install noports-cipher-classic");
    present.forEach(a -> table.addRow().addContent(a.kind(), a.name(), a.bundle(), a.engine()));
    table.print(out());
  }

  private static JsonObject json(PresentAlgorithm algorithm) {
    return JsonObject.builder()
        .put("kind", algorithm.kind())
        .put("name", algorithm.name())
        .put("bundle", algorithm.bundle())
        .put("engine", algorithm.engine())
        .build();
  }
}
