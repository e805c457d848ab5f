package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Enrollments;

/** {@code noports:enroll-deny}: refuses the keys that a program asked for. */
@Service
@Command(
    scope = "noports",
    name = "enroll-deny",
    description = "Refuses a program the keys that it asked for",
    detailedDescription = "classpath:enroll-deny.txt")
public final class EnrollDenyCommand extends NoPortsAction {
  @Argument(name = "id", required = true, description = "Which enrollment", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    String id = only("enrollment", words);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    Outcome.of(enrollments.deny(here().from(from), id));
    out().println("Denied: enrollment " + id);
  }
}
