package org.noports.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.Target;
import org.noports.api.access.AccessRequests;
import org.noports.api.policy.Obligations;

/** {@code noports:access-request}: asks a device for access for a time. */
@Service
@Command(
    scope = "noports",
    name = "access-request",
    description = "Asks a device for access for a time, and waits for the answer",
    detailedDescription = "classpath:access-request.txt")
public final class AccessRequestCommand extends NoPortsAction {
  @Argument(name = "device", required = true, description = "Which device", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--name", description = "The device's name, if the argument is its atSign")
  private String name;

  @Option(name = "--to", description = "Where to, from the device on: HOST:PORT or service:NAME")
  private String to;

  @Option(name = "--for", description = "For how long: 30s, 15m, 1h, 7d")
  private String length = "1h";

  @Option(name = "--reason", description = "Why; whoever grants it reads that")
  private String reason;

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(
      name = "--background",
      aliases = "-b",
      description = "Return when the request waits at the device")
  private boolean background;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    String device = only("device", words);
    if (to == null || reason == null) {
      throw new IllegalArgumentException("Where to, and why? Say --to HOST:PORT and --reason TEXT");
    }
    AccessRequests requests = here().require(AccessRequests.class, "noports-client");
    AccessRequests.Asked asked =
        Outcome.of(
            requests.ask(
                here().from(from),
                DeviceArgument.of(device, Optional.ofNullable(name)),
                Target.of(to),
                Obligations.length(length),
                reason));
    CompletableFuture<Instant> granted = asked.granted().toCompletableFuture();
    try {
      settled(asked, granted);
    } finally {
      // It is not listened for any longer; the request stays.
      granted.cancel(true);
    }
  }

  private void settled(AccessRequests.Asked asked, CompletableFuture<Instant> granted)
      throws NoPortsException, InterruptedException {
    err().println("noports: the request waits at " + asked.wish().device() + ". There:");
    err().println("  noports access-approve " + asked.wish().id());
    if (background) {
      out().println(asked.wish().id());
      return;
    }
    out().println("Granted until " + Outcome.of(granted) + ": " + asked.wish().id());
  }
}
