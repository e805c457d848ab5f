package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.directory.DirectoryRecords;

/**
 * {@code noports:directory-add}: registers or moves an atSign in the atDirectory that runs here.
 */
@Service
@Command(
    scope = "noports",
    name = "directory-add",
    description = "Registers an atSign in the atDirectory that runs here",
    detailedDescription = "classpath:directory-add.txt")
public final class DirectoryAddCommand extends NoPortsAction {
  @Argument(
      name = "atSign host:port",
      required = true,
      description = "Whose atServer is where",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    List<String> plain = new Words(this).settle(words);
    if (plain.size() != 2) {
      throw new IllegalArgumentException(
          "An atSign and the host:port of its atServer, please: noports:directory-add @alice"
              + " hub.example.org:6465");
    }
    AtSign atSign = AtSign.of(plain.get(0));
    HostPort atServer = HostPort.of(plain.get(1));
    here().require(DirectoryRecords.class, "noports-directory").register(atSign, atServer);
    out().println(atSign + " = " + atServer);
  }
}
