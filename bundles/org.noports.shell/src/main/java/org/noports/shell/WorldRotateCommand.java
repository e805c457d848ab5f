package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.world.WorldCertificates;

/** {@code noports:world-rotate}: the next generation of a world's CA. */
@Service
@Command(
    scope = "noports",
    name = "world-rotate",
    description = "Makes the next generation of a self-hosted world's CA, or ends the overlap",
    detailedDescription = "classpath:world-rotate.txt")
public final class WorldRotateCommand extends NoPortsAction {
  @Argument(
      name = "folder",
      required = true,
      description = "The folder that world-init made, with the CA in it",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--finish", description = "End the overlap: trust the old generation no more")
  private boolean finish;

  @Override
  protected void run() throws NoPortsException {
    Path folder = Path.of(only("folder", words));
    WorldCertificates certificates = here().require(WorldCertificates.class, "noports-lab");
    CertificateText.print(
        out(), finish ? certificates.finish(folder) : certificates.rotate(folder));
    if (finish) {
      out().println("The old generation is trusted no more. Copy etc/trust to each machine.");
      return;
    }
    out().println("Two generations are trusted now. Copy etc/trust, and on the infrastructure");
    out().println("etc/tls, to each machine; no restart is needed. When all have them, run");
    out().println("  noports world-rotate " + folder + " --finish");
  }
}
