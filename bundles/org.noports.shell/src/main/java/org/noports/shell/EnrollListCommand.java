package org.noports.shell;

import java.util.List;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Enrollment;
import org.noports.api.atserver.Enrollments;
import org.noports.api.identity.Fingerprint;
import org.noports.protocol.json.JsonObject;

/** {@code noports:enroll-list}: who has, had or wants keys to an atSign. */
@Service
@Command(
    scope = "noports",
    name = "enroll-list",
    description = "Shows who has, had or wants keys to an atSign",
    detailedDescription = "classpath:enroll-list.txt")
public final class EnrollListCommand extends NoPortsAction {
  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--status", description = "Only those that are pending, approved, revoked …")
  private String status;

  @Option(name = "--json", description = "Print a JSON array")
  private boolean json;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign self = here().from(from);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    List<Enrollment> found =
        Outcome.of(enrollments.list(self)).stream()
            .filter(each -> status == null || each.status().equals(status))
            .toList();
    if (json) {
      print(found.stream().map(EnrollListCommand::json).toList());
      return;
    }
    for (Enrollment each : found) {
      out().println(line(each));
    }
    if (found.stream().anyMatch(each -> each.status().equals(Enrollment.PENDING))) {
      err().println("noports: approve only what shows the same fingerprint on the asking side:");
      err().println("  noports enroll-approve ID --from " + self);
    }
  }

  static String line(Enrollment each) {
    return String.join(
        "  ",
        each.id(),
        each.status(),
        each.app() + "/" + each.device(),
        new TreeMap<>(each.namespaces()).toString(),
        each.key().map(Fingerprint::text).orElse("-"));
  }

  private static JsonObject json(Enrollment each) {
    JsonObject.Builder namespaces = JsonObject.builder();
    new TreeMap<>(each.namespaces()).forEach(namespaces::put);
    return JsonObject.builder()
        .put("id", each.id())
        .put("status", each.status())
        .put("app", each.app())
        .put("device", each.device())
        .put("namespaces", namespaces.build())
        .putNullable("fingerprint", each.key().map(Fingerprint::text))
        .build();
  }
}
