package org.noports.shell;

import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.protocol.json.JsonObject;

/** {@code noports:health}: how each part of this instance is, in its own words. */
@Service
@Command(
    scope = "noports",
    name = "health",
    description = "Shows how each part of this instance is",
    detailedDescription = "classpath:health.txt")
public final class HealthCommand extends NoPortsAction {
  private record Line(String component, Health health) {}

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() {
    List<Line> lines =
        here().all(HealthCheck.class).stream()
            .map(check -> new Line(check.component(), check.check()))
            .sorted(Comparator.comparing(Line::component))
            .toList();
    if (json) {
      print(lines.stream().map(HealthCommand::json).toList());
      return;
    }
    ShellTable table = new ShellTable();
    List.of("part", "status", "in its own words").forEach(table::column);
    lines.forEach(
        line ->
            table
                .addRow()
                .addContent(line.component(), line.health().status(), line.health().message()));
    table.print(out());
  }

  private static JsonObject json(Line line) {
    return JsonObject.builder()
        .put("component", line.component())
        .put("status", line.health().status().name())
        .put("message", line.health().message())
        .build();
  }
}
