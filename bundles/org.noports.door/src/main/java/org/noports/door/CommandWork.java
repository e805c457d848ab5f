package org.noports.door;

import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Function;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.noports.api.NoPortsException;

/**
 * One command of Karaf's shell: {@code connect …} is {@code noports:connect …}, others are named in
 * full ({@code bundle:list}). The line that the shell parses is fixed; it calls back here, and the
 * arguments go to the command as they were given, past every parser and every expansion.
 */
final class CommandWork implements Work {
  private static final String SCOPE = "noports";
  private static final String LINE = "noportsDoorCommand";
  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*(:[A-Za-z][A-Za-z0-9_-]*)?";

  private final SessionFactory sessions;
  private final DoorLog log;

  CommandWork(SessionFactory sessions, DoorLog log) {
    this.sessions = sessions;
    this.log = log;
  }

  @Override
  public int run(Call call) throws Exception {
    if (call.arguments().isEmpty()) {
      call.stderr().println("No command was given; `noports help` lists them.");
      return NOT_UNDERSTOOD;
    }
    return ShellUser.call(call.peer(), () -> inShell(call));
  }

  private int inShell(Call call) throws Exception {
    String terminal = call.greeting().terminal();
    PrintStream out = PlainText.forTerminal(terminal, call.stdout());
    PrintStream err = PlainText.forTerminal(terminal, call.stderr());
    try (Session session = sessions.create(call.stdin(), out, err)) {
      return check(session, call, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int check(Session session, Call call, PrintStream err) throws Exception {
    String given = call.arguments().get(0);
    Optional<Command> command = find(session.getRegistry(), given);
    if (command.isEmpty()) {
      err.println(unknown(session.getRegistry(), given));
      return NOT_UNDERSTOOD;
    }
    if (call.peer().access() != Peer.Access.OWNER && !PeerCheck.MEMBERS_MAY.contains(given)) {
      err.printf(
          "%s may not run '%s' here: members of the group may run %s.%n",
          call.peer().user(), given, sorted(PeerCheck.MEMBERS_MAY));
      return FAILED;
    }
    return execute(session, command.get(), call, err);
  }

  private int execute(Session session, Command command, Call call, PrintStream err)
      throws Exception {
    prepare(session, call);
    List<Object> arguments = List.copyOf(call.arguments().subList(1, call.arguments().size()));
    Function direct = (shell, none) -> command.execute(session, new ArrayList<>(arguments));
    session.put(LINE, direct);
    int whenSilent;
    try {
      session.execute(LINE);
      whenSilent = 0;
    } catch (InterruptedException | InterruptedIOException e) {
      return INTERRUPTED;
    } catch (CommandException e) {
      err.println(e.getNiceHelp());
      whenSilent = NOT_UNDERSTOOD;
    } catch (NoPortsException e) {
      err.println(e.getMessage());
      whenSilent = FAILED;
    } catch (Exception e) {
      if (Thread.currentThread().isInterrupted()) {
        return INTERRUPTED;
      }
      log.commandFailed(call.arguments().get(0), e);
      err.println(sentence(e));
      whenSilent = FAILED;
    }
    return session.get("noports.exit") instanceof Number code ? code.intValue() : whenSilent;
  }

  private static void prepare(Session session, Call call) {
    session.put("noports.user", call.peer().user());
    session.put("noports.restricted", call.peer().access() != Peer.Access.OWNER);
    if (call.greeting().hides()) {
      Consumer<Boolean> echo = call::echo;
      session.put("noports.echo", echo);
    }
    session.put("COLUMNS", Integer.toString(call.greeting().window().columns()));
    session.put("LINES", Integer.toString(call.greeting().window().rows()));
    session.put("TERM", call.greeting().terminal());
  }

  private static Optional<Command> find(Registry registry, String given) {
    if (!given.matches(NAME)) {
      return Optional.empty();
    }
    String full = given.contains(":") ? given : SCOPE + ":" + given;
    int colon = full.indexOf(':');
    return Optional.ofNullable(
        registry.getCommand(full.substring(0, colon), full.substring(colon + 1)));
  }

  private static String unknown(Registry registry, String given) {
    Set<String> known =
        registry.getCommands().stream()
            .filter(command -> command.getScope().equals(SCOPE))
            .map(Command::getName)
            .collect(Collectors.toSet());
    return "There is no command '%s'. There are: %s. `noports help` says what they do."
        .formatted(given, known.isEmpty() ? "none yet" : sorted(known));
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? "Failed: " + e.getClass().getSimpleName() : e.getMessage();
  }
}
