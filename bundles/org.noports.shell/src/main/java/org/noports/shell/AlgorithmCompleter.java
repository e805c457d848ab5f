package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.noports.api.cipher.CipherRules;
import org.osgi.framework.BundleContext;

/** Completes the algorithms that are here. */
@Service
public final class AlgorithmCompleter implements Completer {
  @Reference private BundleContext context;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> known =
        new Here(context)
            .find(CipherRules.class)
            .map(
                rules ->
                    rules.algorithms().stream()
                        .map(each -> each.algorithm().name())
                        .distinct()
                        .toList())
            .orElse(List.of());
    return new StringsCompleter(known).complete(session, line, candidates);
  }
}
