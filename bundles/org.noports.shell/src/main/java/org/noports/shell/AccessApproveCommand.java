package org.noports.shell;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.access.AccessDesk;
import org.noports.api.policy.Obligations;

/** {@code noports:access-approve}: grants what somebody asked for. */
@Service
@Command(
    scope = "noports",
    name = "access-approve",
    description = "Grants access for a time to somebody who asked for it",
    detailedDescription = "classpath:access-approve.txt")
public final class AccessApproveCommand extends NoPortsAction {
  @Argument(name = "id", required = true, description = "Which request", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--for", description = "For less than was asked for: 30s, 15m, 1h, 7d")
  private String length;

  @Override
  protected void run() throws NoPortsException {
    String id = only("request", words);
    AccessDesk desk = here().require(AccessDesk.class, "noports-device");
    out()
        .println(
            AccessRequestsCommand.line(
                desk.approve(id, Optional.ofNullable(length).map(Obligations::length))));
  }
}
