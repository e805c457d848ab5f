package org.noports.shell;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;

/** {@code noports:sessions}: what runs here, on the client's side and on the device's. */
@Service
@Command(
    scope = "noports",
    name = "sessions",
    description = "Lists the sessions that run here",
    detailedDescription = "classpath:sessions.txt")
public final class SessionsCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Option(
      name = "--verbose",
      aliases = "-v",
      description = "Print each NP2 session's receipt, which is the same at both ends")
  private boolean verbose;

  @Override
  protected void run() {
    List<SessionFacts> all =
        here().all(Sessions.class).stream()
            .flatMap(sessions -> sessions.running().stream())
            .filter(this::visible)
            .toList();
    if (json) {
      print(all.stream().map(FactsText::json).toList());
      return;
    }
    if (verbose) {
      all.forEach(this::print);
      return;
    }
    ShellTable table = new ShellTable();
    for (String column :
        List.of(
            "session",
            "client",
            "device",
            "to",
            "relay",
            "level",
            "rule",
            "local",
            "since",
            "open",
            "sent",
            "received",
            "state")) {
      table.column(column);
    }
    table.emptyTableText("No session runs here");
    all.forEach(facts -> add(table, facts));
    table.print(out());
  }

  private void print(SessionFacts facts) {
    facts
        .receipt()
        .ifPresentOrElse(
            receipt -> {
              receipt.lines().forEach(out()::println);
              receipt.changes().stream().map(FactsText::text).forEach(out()::println);
            },
            () ->
                out()
                    .println(
                        "session         "
                            + facts.id()
                            + "\nlevel           "
                            + facts.level().description()
                            + "; only NP2 sessions have a receipt"));
    FactsText.choice(facts)
        .ifPresent(relays -> out().println("relay choice    " + relays + " (client + device)"));
    out().println();
  }

  private boolean visible(SessionFacts facts) {
    return CallersSessions.seesAll(session())
        || here().find(CallersSessions.class).stream()
            .anyMatch(callers -> callers.of(session()).contains(facts.id()));
  }

  private static void add(ShellTable table, SessionFacts facts) {
    table
        .addRow()
        .addContent(
            facts.id(),
            facts.client(),
            facts.device(),
            facts.target(),
            FactsText.orDash(facts.relay()),
            facts.level(),
            FactsText.orDash(facts.rule()),
            FactsText.listens(facts),
            FactsText.ago(facts.since(), Instant.now()),
            facts.traffic().open(),
            FactsText.bytes(facts.traffic().bytesSent()),
            FactsText.bytes(facts.traffic().bytesReceived()),
            FactsText.state(facts));
  }
}
