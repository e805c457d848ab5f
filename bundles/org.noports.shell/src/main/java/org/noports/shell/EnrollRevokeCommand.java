package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Enrollments;

/** {@code noports:enroll-revoke}: takes a program's access away at once. */
@Service
@Command(
    scope = "noports",
    name = "enroll-revoke",
    description = "Takes a program's access to an atSign away at once",
    detailedDescription = "classpath:enroll-revoke.txt")
public final class EnrollRevokeCommand extends NoPortsAction {
  @Argument(name = "id", required = true, description = "Which enrollment", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--force", description = "Even if it is the enrollment of your own key file")
  private boolean force;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    String id = only("enrollment", words);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    Outcome.of(enrollments.revoke(here().from(from), id, force));
    out().println("Revoked: enrollment " + id + "; its sessions end now.");
  }
}
