package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.identity.KeyLocks;

/** {@code noports:keys-passphrase}: gives a key file a passphrase, another one, or none. */
@Service
@Command(
    scope = "noports",
    name = "keys-passphrase",
    description = "Sets, changes or removes the passphrase of a key file",
    detailedDescription = "classpath:keys-passphrase.txt")
public final class KeysPassphraseCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--remove", description = "Leave the key file without a passphrase")
  private boolean remove;

  @Option(name = "--current-file", description = "File with the present passphrase")
  private String currentFile;

  @Option(name = "--new-file", description = "File with the new passphrase")
  private String newFile;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    KeyLocks locks = here().require(KeyLocks.class, "noports-base");
    boolean locked = locks.locked(owner);
    if (remove && !locked) {
      throw new IdentityUnusable("The key file of " + owner + " has no passphrase");
    }
    try (Secret current = locked ? current(owner) : Secret.owning(new byte[0])) {
      if (remove) {
        locks.expose(owner, current);
        out().println("The key file of " + owner + " has no passphrase any more.");
      } else {
        protect(locks, owner, current);
      }
    }
  }

  private Secret current(AtSign owner) throws NoPortsException, InterruptedException {
    return asking().secret("the present passphrase of " + owner, currentFile);
  }

  private void protect(KeyLocks locks, AtSign owner, Secret current)
      throws NoPortsException, InterruptedException {
    try (Secret fresh = asking().secret("the new passphrase of " + owner, newFile)) {
      if (newFile == null) {
        try (Secret again = asking().secret("the new passphrase once more", null)) {
          requireSame(fresh, again);
        }
      }
      locks.protect(owner, current, fresh);
    }
    out()
        .println("The key file of " + owner + " has a new passphrase. Nobody can open it without.");
  }

  private static void requireSame(Secret one, Secret other) throws IdentityUnusable {
    byte[] left = one.exposeSecretBytes();
    byte[] right = other.exposeSecretBytes();
    boolean same = java.security.MessageDigest.isEqual(left, right);
    java.util.Arrays.fill(left, (byte) 0);
    java.util.Arrays.fill(right, (byte) 0);
    if (!same) {
      throw new IdentityUnusable("These were two passphrases; nothing was changed");
    }
  }
}
