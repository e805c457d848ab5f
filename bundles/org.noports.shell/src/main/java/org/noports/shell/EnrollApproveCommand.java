package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Enrollment;
import org.noports.api.atserver.Enrollments;

/** {@code noports:enroll-approve}: lets a program have the keys that it asked for. */
@Service
@Command(
    scope = "noports",
    name = "enroll-approve",
    description = "Lets a program have the keys to an atSign that it asked for",
    detailedDescription = "classpath:enroll-approve.txt")
public final class EnrollApproveCommand extends NoPortsAction {
  @Argument(name = "id", required = true, description = "Which enrollment", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    String id = only("enrollment", words);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    Enrollment approved = Outcome.of(enrollments.approve(here().from(from), id));
    out().println("Approved: " + EnrollListCommand.line(approved));
  }
}
