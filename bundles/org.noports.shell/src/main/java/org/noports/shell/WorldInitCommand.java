package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.world.WorldPlan;
import org.noports.api.world.Worlds;
import org.noports.api.world.Worlds.Machine;

/** {@code noports:world-init}: everything that a self-hosted world needs before its first start. */
@Service
@Command(
    scope = "noports",
    name = "world-init",
    description = "Makes a self-hosted world: CA, keys, and a folder for each machine",
    detailedDescription = "classpath:world-init.txt")
public final class WorldInitCommand extends NoPortsAction {
  @Argument(
      name = "folder",
      required = true,
      description = "A new folder for the world's files",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--host", description = "Name or address at which others reach the infrastructure")
  private String host = "localhost";

  @Option(name = "--directory-port", description = "The atDirectory's port")
  private int directoryPort = WorldPlan.DIRECTORY_PORT;

  @Option(name = "--first-port", description = "The first atServer's port; the others follow")
  private int firstPort = WorldPlan.FIRST_PORT;

  @Option(name = "--relay", description = "The relay's atSign")
  private String relay = "@relay";

  @Option(name = "--policy", description = "The policy service's atSign")
  private String policy = "@policy";

  @Option(name = "--client", description = "A client's atSign; may be repeated", multiValued = true)
  private List<String> clients = List.of("@alice");

  @Option(
      name = "--device",
      description = "A device, as dev1@device; may be repeated",
      multiValued = true)
  private List<String> devices = List.of("dev1@device");

  @Override
  protected void run() throws NoPortsException {
    String folder = only("folder", words);
    WorldPlan plan =
        new WorldPlan(
            host,
            directoryPort,
            firstPort,
            AtSign.of(relay),
            AtSign.of(policy),
            clients.stream().map(AtSign::of).toList(),
            devices.stream().map(d -> DeviceArgument.of(d, Optional.empty())).toList());
    Worlds worlds = here().require(Worlds.class, "noports-lab");
    List<Machine> machines = worlds.init(plan, Path.of(folder));
    out().println("A world for " + plan.atSigns().size() + " atSigns is in " + folder + ":");
    for (Machine machine : machines) {
      out().println("  " + machine.folder());
    }
    out().println("Each folder belongs on the machine it names: run NoPorts there with");
    out().println("  noports --home FOLDER up");
    out().println("ca/ stays here, locked away: with ca-key.pem one can pretend to be this world.");
  }
}
