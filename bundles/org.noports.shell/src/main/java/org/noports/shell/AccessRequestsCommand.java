package org.noports.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.access.AccessDesk;
import org.noports.api.access.TimedAccess;
import org.noports.protocol.json.JsonObject;

/** {@code noports:access-requests}: who asks for access here, and who has it. */
@Service
@Command(
    scope = "noports",
    name = "access-requests",
    description = "Shows who asks for access to this machine's devices, and who has it",
    detailedDescription = "classpath:access-requests.txt")
public final class AccessRequestsCommand extends NoPortsAction {
  @Option(name = "--json", description = "Print a JSON array")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<TimedAccess> all = here().require(AccessDesk.class, "noports-device").all();
    if (json) {
      print(all.stream().map(AccessRequestsCommand::json).toList());
      return;
    }
    for (TimedAccess each : all) {
      out().println(line(each));
    }
    if (all.stream().anyMatch(each -> each.granted().isEmpty())) {
      err().println("noports: to decide: noports access-approve ID, noports access-deny ID");
    }
  }

  /** What the client wrote stands last, so that it cannot pass for anything else. */
  static String line(TimedAccess each) {
    String line =
        String.join(
            "  ",
            each.wish().id(),
            each.granted().map(span -> "granted until " + span.until()).orElse("waits"),
            each.wish().client().name(),
            each.wish().device() + " " + each.wish().target(),
            "for " + each.wish().length().toSeconds() + " s",
            "asked " + each.asked(),
            each.wish().reason());
    return Printable.of(line);
  }

  private static JsonObject json(TimedAccess each) {
    Optional<Instant> until = each.granted().map(TimedAccess.Span::until);
    return JsonObject.builder()
        .put("id", each.wish().id())
        .put("status", until.isPresent() ? "granted" : "waits")
        .put("client", each.wish().client().name())
        .put("device", each.wish().device().toString())
        .put("target", each.wish().target().toString())
        .put("seconds", each.wish().length().toSeconds())
        .put("asked", each.asked().toString())
        .putNullable("until", until.map(Instant::toString))
        .put("reason", each.wish().reason())
        .build();
  }
}
