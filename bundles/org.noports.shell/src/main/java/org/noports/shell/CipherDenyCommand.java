package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.CipherRules;
import org.noports.api.cipher.CipherUser;
import org.noports.protocol.json.JsonObject;

/** {@code noports:cipher-deny}: forbids an algorithm, and has every session leave it now. */
@Service
@Command(
    scope = "noports",
    name = "cipher-deny",
    description = "Forbids an algorithm, and has every session leave it at once",
    detailedDescription = "classpath:cipher-deny.txt")
public final class CipherDenyCommand extends NoPortsAction {
  @Argument(
      name = "algorithm",
      required = true,
      description = "Its name, as noports:ciphers shows it",
      multiValued = true)
  @Completion(AlgorithmCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    String name = only("algorithm", words);
    CipherUser.Outcome outcome = here().require(CipherRules.class, "noports-base").deny(name);
    if (json) {
      print(
          JsonObject.builder()
              .put("denied", name)
              .put("moved", outcome.moved())
              .put("drained", outcome.drained())
              .put("closed", outcome.closed())
              .build());
      return;
    }
    out().println(name + " is denied: " + outcome);
  }
}
