package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.identity.KeyLocks;

/** {@code noports:keys-unlock}: opens a key file with a passphrase until the instance ends. */
@Service
@Command(
    scope = "noports",
    name = "keys-unlock",
    description = "Opens a key file with its passphrase for as long as the instance runs",
    detailedDescription = "classpath:keys-unlock.txt")
public final class KeysUnlockCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--passphrase-file", description = "File with the passphrase in its first line")
  private String file;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    KeyLocks locks = here().require(KeyLocks.class, "noports-base");
    if (!locks.locked(owner)) {
      out().println("The key file of " + owner + " has no passphrase: nothing to unlock.");
      return;
    }
    try (Secret passphrase = asking().secret("the passphrase of " + owner, file)) {
      locks.unlock(owner, passphrase);
    }
    out().println("The keys of " + owner + " are open until this instance ends.");
  }
}
