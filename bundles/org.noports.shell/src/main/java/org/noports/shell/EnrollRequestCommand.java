package org.noports.shell;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.atserver.EnrollmentRequest;
import org.noports.api.atserver.Enrollments;
import org.noports.api.atserver.Enrollments.Requested;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;

/** {@code noports:enroll-request}: asks for keys of one's own, and waits for the approval. */
@Service
@Command(
    scope = "noports",
    name = "enroll-request",
    description = "Asks for keys of one's own to an atSign, and waits for their approval",
    detailedDescription = "classpath:enroll-request.txt")
public final class EnrollRequestCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whose keys", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--app", description = "This program, as the approver sees it")
  private String app = "noports";

  @Option(name = "--device", description = "This machine, as the approver sees it")
  private String device;

  @Option(
      name = "--namespace",
      description = "What to use, as sshnp:rw; may be repeated",
      multiValued = true)
  private List<String> namespaces = List.of("sshnp:rw", "sshrvd:rw");

  @Option(name = "--code-file", description = "File with the one-time code or passcode")
  private String codeFile;

  @Option(name = "--file", description = "Where to write the keys, unless in the key folder")
  private String file;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign owner = AtSign.of(only("atSign", words));
    if (device == null) {
      throw new IllegalArgumentException("What is this machine called? Name it with --device");
    }
    Path target =
        file == null
            ? here().require(Identities.class, "noports-base").keyFile(owner)
            : Path.of(file);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    try (Secret code = asking().secret("a code for " + owner, codeFile)) {
      Requested requested =
          Outcome.of(
              enrollments.request(
                  new EnrollmentRequest(owner, app, device, access(), code, target)));
      await(owner, target, requested);
    }
  }

  private Map<String, String> access() {
    Map<String, String> access = new LinkedHashMap<>();
    for (String each : namespaces) {
      int colon = each.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException(
            "A namespace is written with its access, as sshnp:rw, not '" + each + "'");
      }
      access.put(each.substring(0, colon), each.substring(colon + 1));
    }
    return access;
  }

  private void await(AtSign owner, Path target, Requested requested)
      throws NoPortsException, InterruptedException {
    err()
        .println(
            "noports: enrollment " + requested.id() + " waits for approval. Where the keys of");
    err().println("  " + owner + " are, compare this fingerprint and approve:");
    err().println("  " + requested.key());
    err().println("  noports enroll-list --from " + owner);
    err().println("  noports enroll-approve " + requested.id() + " --from " + owner);
    CompletableFuture<Identity> approved = requested.approved().toCompletableFuture();
    try {
      Identity identity = Outcome.of(approved);
      out().println("Approved: keys of " + owner + " are in " + target + ", readable by you only.");
      out().println("Fingerprint " + identity.fingerprint());
    } finally {
      approved.cancel(true);
    }
  }
}
