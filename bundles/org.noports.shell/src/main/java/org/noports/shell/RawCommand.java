package org.noports.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.noports.api.door.RawService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A command whose words, streams and terminal are a {@link RawService}'s, as they are. */
final class RawCommand implements Command {
  private final BundleContext context;
  private final String name;
  private final String description;

  RawCommand(BundleContext context, String name, String description) {
    this.context = context;
    this.name = name;
    this.description = description;
  }

  @Override
  public Object execute(Session session, List<Object> arguments) throws Exception {
    session.put(
        ExitCode.VARIABLE, serve(session, arguments.stream().map(String::valueOf).toList()));
    return null;
  }

  private int serve(Session session, List<String> words) throws Exception {
    Optional<RawService> service = service();
    if (service.isEmpty()) {
      System.err.println(
          "noports: Nothing here offers "
              + name
              + ": it comes with the feature noports-ssh-client (feature:install"
              + " noports-ssh-client)");
      return ExitCode.FAILED;
    }
    try (ConsoleCall call = new ConsoleCall(session, words)) {
      return service.get().serve(call);
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    } catch (IOException e) {
      System.err.println("noports: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private Optional<RawService> service() throws InvalidSyntaxException {
    return context
        .getServiceReferences(RawService.class, "(" + RawService.NAME + "=" + name + ")")
        .stream()
        .max(ServiceReference::compareTo)
        .map(context::getService);
  }

  @Override
  public String getScope() {
    return "noports";
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return description;
  }

  @Override
  public Completer getCompleter(boolean scoped) {
    return (session, line, candidates) -> -1;
  }

  /** The shell's own reading of lines. */
  @Override
  public Parser getParser() {
    return null;
  }
}
