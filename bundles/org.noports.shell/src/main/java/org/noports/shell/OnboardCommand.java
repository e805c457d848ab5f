package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.atserver.Enrollments;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;

/** {@code noports:onboard}: the first keys of an atSign, cut here and known to its atServer. */
@Service
@Command(
    scope = "noports",
    name = "onboard",
    description = "Makes the first keys of an atSign and introduces them to its atServer",
    detailedDescription = "classpath:onboard.txt")
public final class OnboardCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--secret-file", description = "File with the first (CRAM) secret")
  private String secretFile;

  @Option(name = "--file", description = "Where to write the keys, unless in the key folder")
  private String file;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    Path target =
        file == null
            ? here().require(Identities.class, "noports-base").keyFile(owner)
            : Path.of(file);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    try (Secret secret = asking().secret("the first secret of " + owner, secretFile)) {
      Identity identity = Outcome.of(enrollments.onboard(owner, secret, target));
      out().println("Keys of " + owner + " are in " + target + ", readable by you only.");
      out().println("Fingerprint " + identity.fingerprint());
      identity.enrollmentId().ifPresent(id -> out().println("Enrollment " + id));
      out().println("Back them up: nobody else has them, and nobody can make them again.");
    }
  }
}
