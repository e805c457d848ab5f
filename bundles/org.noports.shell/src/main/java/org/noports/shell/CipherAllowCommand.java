package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.CipherRules;

/** {@code noports:cipher-allow}: takes back a cipher-deny. */
@Service
@Command(
    scope = "noports",
    name = "cipher-allow",
    description = "Permits an algorithm again",
    detailedDescription = "classpath:cipher-allow.txt")
public final class CipherAllowCommand extends NoPortsAction {
  @Argument(
      name = "algorithm",
      required = true,
      description = "Its name, as noports:ciphers shows it",
      multiValued = true)
  @Completion(AlgorithmCompleter.class)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    String name = only("algorithm", words);
    boolean changed = here().require(CipherRules.class, "noports-base").allow(name);
    out()
        .println(
            changed
                ? name + " is permitted from the next negotiation on"
                : name + " was permitted already");
  }
}
