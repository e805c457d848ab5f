package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.noports.api.AtSign;
import org.noports.api.identity.Identities;
import org.osgi.framework.BundleContext;

/** Completes atSigns: those whose keys are here. */
@Service
public final class AtSignCompleter implements Completer {
  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> known =
        new Here(context)
            .find(Identities.class)
            .map(identities -> identities.present().stream().map(AtSign::name).toList())
            .orElse(List.of());
    return new StringsCompleter(known).complete(session, line, candidates);
  }
}
