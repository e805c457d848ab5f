package org.noports.shell;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.SessionRefused;
import org.noports.api.session.SessionFacts;
import org.noports.api.world.Demo;

/** {@code noports:demo}: a whole world in this JVM, and one SSH command through it. */
@Service
@Command(
    scope = "noports",
    name = "demo",
    description = "Runs a whole world in this JVM and one SSH command through it",
    detailedDescription = "classpath:demo.txt")
public final class DemoCommand extends NoPortsAction {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    Demo demo = here().require(Demo.class, "noports-lab");
    out().println("Starting a world in one JVM, on the loopback interface only:");
    CompletableFuture<Demo.Outcome> outcome =
        demo.run(this::started, (step, took, detail) -> lines.add(StepText.of(step, took, detail)))
            .toCompletableFuture();
    outcome.whenComplete((done, failure) -> lines.add(""));
    for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
      out().println(line);
    }
    print(Outcome.of(outcome));
  }

  private void started(String part, Duration took) {
    lines.add(StepText.of(part, took));
    if (part.startsWith("policy")) {
      lines.add(System.lineSeparator() + "Connecting @alice to dev1@device:");
    }
  }

  private void print(Demo.Outcome outcome) throws SessionRefused {
    SessionFacts client = outcome.client();
    out().println();
    out().println("The session:");
    fact("who", client.client() + " to " + client.device());
    fact("to", client.target().toString());
    fact("level", client.level().description());
    fact("relay", FactsText.orDash(client.relay()) + " at " + client.relayAddress());
    fact("rule", FactsText.orDash(outcome.device().rule()) + " (decided by the device)");
    fact("session", client.id().toString());
    out().println();
    out().println("ssh alice@dev1 " + outcome.command());
    out().print(outcome.result().output());
    if (outcome.result().exitStatus() != 0) {
      throw new SessionRefused(
          "The command ended with status "
              + outcome.result().exitStatus()
              + ": "
              + outcome.result().errors().strip());
    }
  }

  private void fact(String name, String value) {
    out().println(String.format("  %-8s %s", name, value));
  }
}
