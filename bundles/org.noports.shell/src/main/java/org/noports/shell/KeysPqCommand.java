package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Enrollments;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.PostQuantumKeys;

/**
 * {@code noports:keys-pq}: gives a key file a key to sign by ML-DSA-65, or to authenticate by it.
 */
@Service
@Command(
    scope = "noports",
    name = "keys-pq",
    description = "Adds an ML-DSA-65 key to an atSign's key file",
    detailedDescription = "classpath:keys-pq.txt")
public final class KeysPqCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(
      name = "--authenticate",
      description = "Also authenticates to the atServer by ML-DSA-65 from now on")
  private boolean authenticate;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    if (authenticate) {
      authenticate(owner);
    } else {
      sign(owner);
    }
  }

  private void authenticate(AtSign owner) throws NoPortsException, InterruptedException {
    Fingerprint used =
        Outcome.of(here().require(Enrollments.class, "noports-base").authenticatePostQuantum(owner))
            .authenticationKey()
            .orElseThrow()
            .fingerprint();
    out().println(owner + " authenticates by ML-DSA-65 from now on. Fingerprint " + used);
    out().println("Back up its key file anew: copies of before open no connection any more.");
  }

  private void sign(AtSign owner) throws NoPortsException {
    Fingerprint added =
        here()
            .require(PostQuantumKeys.class, "noports-base")
            .addSigningKey(owner)
            .signingKey()
            .orElseThrow()
            .fingerprint();
    out().println(owner + " signs by ML-DSA-65 as well from now on. Fingerprint " + added);
    out().println("  words  " + added.words());
    out().println("Back up its key file anew: peers that see the key will always ask for it.");
  }
}
