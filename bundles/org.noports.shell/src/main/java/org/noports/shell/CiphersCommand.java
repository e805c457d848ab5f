package org.noports.shell;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.CipherRules;
import org.noports.protocol.json.JsonObject;

/**
 * {@code noports:ciphers}: which algorithms are here, from which bundle, computed by what, whether
 * they are offered and in which order, and how many sessions use them.
 */
@Service
@Command(
    scope = "noports",
    name = "ciphers",
    description = "Lists the algorithms that are here, offered or not, and who uses them",
    detailedDescription = "classpath:ciphers.txt")
public final class CiphersCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<AlgorithmStatus> all = here().require(CipherRules.class, "noports-base").algorithms();
    if (json) {
      print(all.stream().map(CiphersCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    List.of("kind", "algorithm", "rank", "standing", "sessions", "bundle", "engine", "why")
        .forEach(table::column);
    table.emptyTableText("None: no session can be opened. feature:install noports-cipher-classic");
    all.forEach(
        each ->
            table
                .addRow()
                .addContent(
                    each.algorithm().kind(),
                    each.algorithm().name(),
                    each.preference() == 0 ? "" : each.preference(),
                    standing(each),
                    each.sessions(),
                    each.algorithm().bundle(),
                    each.algorithm().engine(),
                    each.why()));
    table.print(out());
  }

  private static String standing(AlgorithmStatus status) {
    return status.standing().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject json(AlgorithmStatus status) {
    return JsonObject.builder()
        .put("kind", status.algorithm().kind())
        .put("name", status.algorithm().name())
        .put("bundle", status.algorithm().bundle())
        .put("engine", status.algorithm().engine())
        .put("standing", standing(status))
        .put("rank", status.preference())
        .put("sessions", status.sessions())
        .put("why", status.why())
        .build();
  }
}
