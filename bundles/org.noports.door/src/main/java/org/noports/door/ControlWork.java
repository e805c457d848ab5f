package org.noports.door;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.session.Sessions;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * What is asked of the instance itself: {@code status}, {@code version}, {@code stay}, {@code
 * down}.
 */
final class ControlWork implements Work {
  private final BundleContext context;
  private final Registry registry;
  private final Completion completion;
  private final Instance instance;
  private final DoorLog log;

  ControlWork(BundleContext context, SessionFactory sessions, Instance instance, DoorLog log) {
    this.context = context;
    registry = sessions.getRegistry();
    completion = new Completion(sessions);
    this.instance = instance;
    this.log = log;
  }

  @Override
  public int run(Call call) throws Exception {
    String asked = call.arguments().stream().findFirst().orElse("");
    boolean owner = call.peer().access() == Peer.Access.OWNER;
    switch (asked) {
      case "status" -> status(call);
      case "version" -> version(call);
      case "help" -> help(call);
      case "complete" -> completion.of(call).forEach(call.stdout()::println);
      case "stay", "down" -> {
        if (!owner) {
          call.stderr().println("Only the owner of this instance may do that.");
          return FAILED;
        }
        if (asked.equals("stay")) {
          instance.stay();
        } else {
          down(call);
        }
      }
      default -> {
        call.stderr().println("This instance does not know '" + asked + "'.");
        return NOT_UNDERSTOOD;
      }
    }
    return 0;
  }

  private void status(Call call) {
    call.stdout().println("instance  " + instance.name());
    call.stdout().println("process   " + ProcessHandle.current().pid());
    call.stdout().println("since     " + instance.since());
    call.stdout().println("callers   " + instance.callers());
    call.stdout().println("sessions  " + sessions());
    call.stdout().println("ends      " + instance.ends());
  }

  private void version(Call call) {
    call.stdout()
        .println("instance  " + context.getBundle().getVersion() + ", " + Runtime.version());
    for (PresentAlgorithm present : algorithms()) {
      call.stdout()
          .printf(
              "%-14s %-14s %s (%s)%n",
              present.kind(), present.name(), present.bundle(), present.engine());
    }
  }

  private void help(Call call) {
    Map<String, String> commands = new TreeMap<>();
    for (Command command : registry.getCommands()) {
      if (command.getScope().equals("noports")) {
        commands.put(command.getName(), String.valueOf(command.getDescription()));
      }
    }
    call.stdout().println("Commands");
    commands.forEach((name, text) -> call.stdout().printf("  %-16s %s%n", name, text));
  }

  private void down(Call call) {
    log.goingDown(call.peer().user());
    call.stdout().println(ProcessHandle.current().pid());
    call.afterwards(instance::end);
  }

  private List<PresentAlgorithm> algorithms() {
    ServiceReference<CipherCatalogue> reference =
        context.getServiceReference(CipherCatalogue.class);
    if (reference == null) {
      return List.of();
    }
    try {
      CipherCatalogue catalogue = context.getService(reference);
      return catalogue == null ? List.of() : catalogue.present();
    } finally {
      context.ungetService(reference);
    }
  }

  /** How many sessions are open in this instance, of whatever role. */
  int sessions() {
    int open = 0;
    try {
      for (ServiceReference<Sessions> reference :
          context.getServiceReferences(Sessions.class, null)) {
        Sessions sessions = context.getService(reference);
        open += sessions == null ? 0 : sessions.running().size();
        context.ungetService(reference);
      }
    } catch (InvalidSyntaxException impossible) {
      throw new AssertionError(impossible);
    }
    return open;
  }
}
