package org.noports.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.world.WorldCertificates;

/** {@code noports:world-renew}: renews the certificates of a world that end soon. */
@Service
@Command(
    scope = "noports",
    name = "world-renew",
    description = "Renews the certificates of a self-hosted world that end soon",
    detailedDescription = "classpath:world-renew.txt")
public final class WorldRenewCommand extends NoPortsAction {
  @Argument(
      name = "folder",
      required = true,
      description = "The folder that world-init made, with the CA in it",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--days", description = "Renew what ends within so many days")
  private int days = 30;

  @Override
  protected void run() throws NoPortsException {
    String folder = only("folder", words);
    WorldCertificates certificates = here().require(WorldCertificates.class, "noports-lab");
    CertificateText.print(
        out(), certificates.renew(Path.of(folder), Duration.ofDays(Math.max(0, days))));
  }
}
