package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.noports.api.session.Sessions;
import org.osgi.framework.BundleContext;

/** Completes the ids of sessions that run here. */
@Service
public final class SessionCompleter implements Completer {
  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> running =
        new Here(context)
            .all(Sessions.class).stream()
                .flatMap(sessions -> sessions.running().stream())
                .map(facts -> facts.id().toString())
                .distinct()
                .toList();
    return new StringsCompleter(running).complete(session, line, candidates);
  }
}
