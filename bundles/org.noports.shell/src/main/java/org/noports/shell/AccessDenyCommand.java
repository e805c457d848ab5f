package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.access.AccessDesk;
import org.noports.api.access.TimedAccess;

/** {@code noports:access-deny}: denies what waits, withdraws what was granted. */
@Service
@Command(
    scope = "noports",
    name = "access-deny",
    description = "Denies access that somebody asked for, or withdraws what was granted",
    detailedDescription = "classpath:access-deny.txt")
public final class AccessDenyCommand extends NoPortsAction {
  @Argument(name = "id", required = true, description = "Which request", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--reason", description = "Why; the client is told")
  private String reason = "";

  @Override
  protected void run() throws NoPortsException {
    String id = only("request", words);
    TimedAccess gone = here().require(AccessDesk.class, "noports-device").deny(id, reason);
    out()
        .println(
            (gone.granted().isPresent() ? "Withdrawn: " : "Denied: ")
                + gone.wish().id()
                + " of "
                + Printable.of(gone.wish().client().name()));
  }
}
