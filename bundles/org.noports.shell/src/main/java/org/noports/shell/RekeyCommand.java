package org.noports.shell;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.session.Sessions;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;

/** {@code noports:rekey}: fresh keys for a session while it runs, perhaps under another suite. */
@Service
@Command(
    scope = "noports",
    name = "rekey",
    description = "Gives a running session fresh keys, or another suite",
    detailedDescription = "classpath:rekey.txt")
public final class RekeyCommand extends NoPortsAction {
  @Option(
      name = "--suite",
      description = "The suite to go on with, as noports:ciphers names its parts; else the best")
  private String suite;

  @Argument(
      required = true,
      name = "session",
      description = "A session's id, or the beginning of one",
      multiValued = true)
  @Completion(SessionCompleter.class)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    List<Sessions> all = here().all(Sessions.class);
    SessionId id = MeantSession.of(only("session", words), all);
    Optional<Suite> wanted = Optional.ofNullable(suite).map(Suite::of);
    CompletionStage<SuiteChange> changing =
        all.stream()
            .flatMap(sessions -> sessions.rekey(id, wanted).stream())
            .findFirst()
            .orElseThrow(() -> new SessionGone("Session " + id + " has ended already"));
    SuiteChange change = Outcome.of(changing);
    out()
        .println(
            "Session "
                + id
                + " has fresh keys (link "
                + change.link()
                + ", epoch "
                + change.epoch()
                + ") under "
                + change.suite()
                + ", computed here by "
                + change.providers());
  }
}
