package org.noports.door;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** What could stand where the caller's cursor is: the commands' own completers are asked. */
final class Completion {
  private static final String SCOPE = "noports";

  private final SessionFactory sessions;

  Completion(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** The candidates for the last of the words behind {@code complete}, in order. */
  List<String> of(Call call) throws Exception {
    List<String> words = call.arguments().subList(1, call.arguments().size());
    List<String> candidates = new ArrayList<>();
    ShellUser.call(
        call.peer(),
        () -> {
          PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
          try (Session session = sessions.create(InputStream.nullInputStream(), nowhere, nowhere)) {
            complete(session, words, candidates);
          }
          return 0;
        });
    return List.copyOf(new TreeSet<>(candidates.stream().map(String::trim).toList()));
  }

  private static void complete(Session session, List<String> words, List<String> candidates) {
    if (words.size() < 2) {
      session.getRegistry().getCommands().stream()
          .filter(command -> command.getScope().equals(SCOPE))
          .forEach(command -> candidates.add(command.getName()));
      return;
    }
    Command command = session.getRegistry().getCommand(SCOPE, words.get(0));
    Completer completer = command == null ? null : command.getCompleter(true);
    if (completer != null) {
      String buffer = String.join(" ", words);
      int last = words.size() - 1;
      completer.complete(
          session,
          new CommandLineImpl(
              words.toArray(new String[0]),
              last,
              words.get(last).length(),
              buffer.length(),
              buffer),
          candidates);
    }
  }
}
