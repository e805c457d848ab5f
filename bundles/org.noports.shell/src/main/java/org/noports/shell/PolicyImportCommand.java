package org.noports.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.policy.PolicyImport;
import org.noports.api.policy.PolicyImport.Imported;

/** {@code noports:policy-import}: prints the book that decides as an existing policy does. */
@Service
@Command(
    scope = "noports",
    name = "policy-import",
    description = "Prints an existing program's policy as a book of rules",
    detailedDescription = "classpath:policy-import.txt")
public final class PolicyImportCommand extends NoPortsAction {
  @Argument(
      name = "file",
      required = true,
      description = "A file of userGroups, or the entities of a policy of the second version",
      multiValued = true)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    String file = only("file", words);
    PolicyImport imports = here().require(PolicyImport.class, "noports-policy");
    Imported imported = imports.book(file, text(file));
    imported.notes().forEach(note -> err().println("note: " + note));
    out().print(imported.text());
    out().flush();
  }

  private static String text(String file) throws ConfigurationInvalid {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new ConfigurationInvalid(
          file + " cannot be read: " + e + "; it has to be a text in UTF-8", e);
    }
  }
}
