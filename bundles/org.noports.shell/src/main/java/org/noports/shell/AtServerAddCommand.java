package org.noports.shell;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.atserver.HostedAtSigns;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;

/** {@code noports:atserver-add}: hosts one more atSign in the atServers that run here. */
@Service
@Command(
    scope = "noports",
    name = "atserver-add",
    description = "Hosts one more atSign here, and gives out its first secret",
    detailedDescription = "classpath:atserver-add.txt")
public final class AtServerAddCommand extends NoPortsAction {
  @Argument(name = "atSign", required = true, description = "Whom to host", multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--secret-file", description = "File with a first (CRAM) secret of your own")
  private String secretFile;

  @Option(name = "--keys-here", description = "Its key file is on this machine: no first secret")
  private boolean keysHere;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign atSign = AtSign.of(only("atSign", words));
    HostedAtSigns hosted = here().require(HostedAtSigns.class, "noports-atserver");
    if (keysHere) {
      Identity keys = here().require(Identities.class, "noports-base").identity(atSign);
      out()
          .println(
              atSign
                  + " is at "
                  + hosted.add(atSign, keys.authenticationPublicKey(), keys.encryptionPublicKey()));
    } else if (secretFile != null) {
      try (Secret secret = asking().secret("the first secret of " + atSign, secretFile)) {
        out().println(atSign + " is at " + hosted.addForOnboarding(atSign, secret));
      }
    } else {
      invite(hosted, atSign);
    }
  }

  private void invite(HostedAtSigns hosted, AtSign atSign) throws NoPortsException {
    HostedAtSigns.Invited invited = hosted.invite(atSign);
    err().println(atSign + " is at " + invited.address());
    if (invited.firstSecret().isEmpty()) {
      err().println("It was known here: its owner has keys, or a first secret, already.");
      return;
    }
    err().println("Its owner runs noports:onboard " + atSign + " with this first secret, once:");
    try (Secret secret = invited.firstSecret().get()) {
      byte[] text = secret.exposeSecretBytes();
      out().println(new String(text, StandardCharsets.US_ASCII));
      Arrays.fill(text, (byte) 0);
    }
  }
}
