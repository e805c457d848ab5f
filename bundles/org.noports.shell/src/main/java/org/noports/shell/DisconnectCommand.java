package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.session.Sessions;

/** {@code noports:disconnect}: ends a session with its connections and its listener. */
@Service
@Command(
    scope = "noports",
    name = "disconnect",
    description = "Ends a session",
    detailedDescription = "classpath:disconnect.txt")
public final class DisconnectCommand extends NoPortsAction {
  @Argument(
      required = true,
      name = "session",
      description = "A session's id, or the beginning of one",
      multiValued = true)
  @Completion(SessionCompleter.class)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    List<Sessions> all = here().all(Sessions.class);
    SessionId id = MeantSession.of(only("session", words), all);
    long ended = all.stream().filter(s -> s.end(id, "ended by noports:disconnect")).count();
    if (ended == 0) {
      throw new SessionGone("Session " + id + " had ended already");
    }
    out().println("Session " + id + " has ended");
  }
}
