package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.noports.api.AtSign;
import org.noports.api.session.ClientDefaults;
import org.osgi.framework.BundleContext;

/** Completes the relays of the client's configuration. */
@Service
public final class RelayCompleter implements Completer {
  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> known =
        new Here(context)
            .find(ClientDefaults.class)
            .map(defaults -> defaults.relays().stream().map(AtSign::name).toList())
            .orElse(List.of());
    return new StringsCompleter(known).complete(session, line, candidates);
  }
}
