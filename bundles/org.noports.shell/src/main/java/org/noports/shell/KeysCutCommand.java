package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyCutter;

/** {@code noports:keys-cut}: makes an atSign's keys on this machine. */
@Service
@Command(
    scope = "noports",
    name = "keys-cut",
    description = "Makes an atSign's keys on this machine",
    detailedDescription = "classpath:keys-cut.txt")
public final class KeysCutCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--file", description = "Where to write them, unless in the configured key folder")
  private String file;

  @Override
  protected void run() throws NoPortsException {
    AtSign owner = AtSign.of(only("atSign", words));
    Path target =
        file == null
            ? here().require(Identities.class, "noports-base").keyFile(owner)
            : Path.of(file);
    Identity cut = here().require(KeyCutter.class, "noports-base").cut(owner, target);
    out().println("Keys of " + owner + " are in " + target + ", readable by you only.");
    out().println("Fingerprint " + cut.fingerprint());
    out().println("Back them up: nobody else has them, and nobody can make them again.");
  }
}
