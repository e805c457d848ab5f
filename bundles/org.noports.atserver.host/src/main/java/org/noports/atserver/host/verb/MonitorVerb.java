package org.noports.atserver.host.verb;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.ApprovalRequests;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.atserver.host.tenant.Monitor;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Response;

/**
 * {@code monitor}: pushes our owner's notifications as they come (atprotocol.md 3.15). All that are
 * received by notify are pushed; those that only {@code selfNotifications} asks for come with
 * enrollment.
 */
final class MonitorVerb {
  private MonitorVerb() {}

  /** Starts listening; the good answer is no answer, so the result is empty. */
  static CompletionStage<Optional<Response>> listen(
      org.noports.protocol.verb.Monitor verb, Dialogue dialogue) {
    GuardedPattern wanted = verb.regex().map(ScanVerb::pattern).orElse(GuardedPattern.ALL);
    Access access = dialogue.access();
    Monitor monitor =
        new Monitor(
            wanted,
            verb.strict(),
            heard -> {
              if (mayHear(heard.told(), access, verb.selfNotifications())) {
                dialogue.wire().push(Response.Push.line(heard.text()));
              }
            });
    return dialogue
        .tenant()
        .monitors()
        .listen(monitor, verb.epochMillis())
        .thenApply(
            listening -> {
              dialogue.monitor(listening);
              return Optional.empty();
            });
  }

  private static boolean mayHear(NotificationJson told, Access access, boolean self) {
    return told.isStats()
        || (ApprovalRequests.is(told)
            ? self && access.seesEnrollments()
            : Permissions.mayHear(told, access));
  }
}
