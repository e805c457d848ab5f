package org.noports.world;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.HostPort;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.identity.CertificateAuthority;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyCutter;
import org.noports.api.world.WorldPlan;
import org.noports.api.world.Worlds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes a world's files: first the CA, then the keys, each on the machine where it will be used,
 * then the public halves and the certificates for the infrastructure, then everybody's
 * configuration. Holds nothing that lives, so it may come and go with the bundle that cuts keys.
 */
@Component
public final class InitWorld implements Worlds {
  /** In the files that are written, the instance's {@code etc} folder. */
  private static final String ETC = "${karaf.etc}";

  private final KeyCutter cutter;
  private final CertificateAuthority authority;

  @Activate
  public InitWorld(@Reference KeyCutter cutter, @Reference CertificateAuthority authority) {
    this.cutter = requireNonNull(cutter, "cutter is null");
    this.authority = requireNonNull(authority, "authority is null");
  }

  @Override
  public List<Machine> init(WorldPlan plan, Path folder) throws NoPortsException {
    try {
      Path world = emptyFolder(folder.toAbsolutePath().normalize());
      Path ca = world.resolve("ca");
      authority.create(ca, "NoPorts world of " + plan.host());
      Map<String, MachineFolder> machines = makeMachines(plan, world, ca);
      Map<AtSign, Identity> identities = cutKeys(plan, machines);
      furnish(plan, machines, identities, ca);
      return machines.entrySet().stream()
          .map(machine -> new Machine(machine.getKey(), machine.getValue().folder()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationInvalid(
          "The world cannot be written to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Path emptyFolder(Path folder) throws IOException, ConfigurationInvalid {
    if (Files.exists(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new ConfigurationInvalid(
              folder + " is not empty. A world's keys are never overwritten: name a new folder");
        }
      }
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return folder;
  }

  private static Map<String, MachineFolder> makeMachines(WorldPlan plan, Path world, Path ca)
      throws IOException {
    Map<String, MachineFolder> machines = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("infrastructure"));
    plan.devices().forEach(device -> names.add(nameOf(device)));
    plan.clients().forEach(client -> names.add(nameOf(client)));
    for (String name : names) {
      MachineFolder machine = new MachineFolder(world.resolve(name));
      machine.make(ca);
      machines.put(name, machine);
    }
    return machines;
  }

  private Map<AtSign, Identity> cutKeys(WorldPlan plan, Map<String, MachineFolder> machines)
      throws IdentityUnusable, IOException {
    Map<AtSign, Identity> identities = new LinkedHashMap<>();
    Map<AtSign, Path> cut = new LinkedHashMap<>();
    for (Map.Entry<AtSign, Set<MachineFolder>> home : homes(plan, machines).entrySet()) {
      for (MachineFolder machine : home.getValue()) {
        Path file = machine.keyFile(home.getKey());
        Path first = cut.putIfAbsent(home.getKey(), file);
        if (first == null) {
          identities.put(home.getKey(), cutter.cut(home.getKey(), file));
        } else {
          Files.copy(first, file, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return identities;
  }

  private static Map<AtSign, Set<MachineFolder>> homes(
      WorldPlan plan, Map<String, MachineFolder> machines) {
    Map<AtSign, Set<MachineFolder>> homes = new LinkedHashMap<>();
    plan.atSigns().forEach(atSign -> homes.put(atSign, new LinkedHashSet<>()));
    homes.get(plan.relay()).add(machines.get("infrastructure"));
    homes.get(plan.policy()).add(machines.get("infrastructure"));
    plan.devices().forEach(d -> homes.get(d.atSign()).add(machines.get(nameOf(d))));
    plan.clients().forEach(client -> homes.get(client).add(machines.get(nameOf(client))));
    return homes;
  }

  private void furnish(
      WorldPlan plan,
      Map<String, MachineFolder> machines,
      Map<AtSign, Identity> identities,
      Path ca)
      throws IdentityUnusable, IOException {
    MachineSettings settings = new MachineSettings(plan, ETC);
    HostPort directory =
        new HostPort(plan.host(), plan.directoryPort() == 0 ? 64 : plan.directoryPort());
    MachineFolder infrastructure = machines.get("infrastructure");
    Files.createDirectories(infrastructure.etc().resolve(MachineSettings.KEY).getParent());
    authority.issue(
        ca,
        Stream.of(plan.host(), "localhost", "127.0.0.1", "::1").distinct().toList(),
        infrastructure.etc().resolve(MachineSettings.CERTIFICATE),
        infrastructure.etc().resolve(MachineSettings.KEY));
    houseAll(plan, infrastructure, identities.values());
    infrastructure.configure(
        "Infrastructure: atDirectory, atServers, relay",
        settings.infrastructure(directory, bindAddress(plan)));
    for (DeviceAddress device : plan.devices()) {
      machines
          .get(nameOf(device))
          .configure("Device " + device, settings.device(directory, device));
    }
    for (AtSign client : plan.clients()) {
      machines
          .get(nameOf(client))
          .configure("Client " + client, settings.client(directory, client));
    }
  }

  /**
   * Says which atSigns are hosted, and where, to the atServer host and to the atDirectory. On free
   * ports only the host knows where; it registers them itself.
   */
  private static void houseAll(
      WorldPlan plan, MachineFolder infrastructure, Collection<Identity> identities)
      throws IOException {
    StringBuilder records = new StringBuilder();
    int port = plan.firstPort();
    for (Identity identity : identities) {
      infrastructure.host(identity, port);
      if (port != 0) {
        records.append(identity.atSign() + " = " + new HostPort(plan.host(), port++) + "\n");
      }
    }
    Files.writeString(infrastructure.etc().resolve(MachineSettings.RECORDS), records);
  }

  /** A world for other machines listens on all addresses, one for this machine on loopback only. */
  private static String bindAddress(WorldPlan plan) {
    return Set.of("localhost", "127.0.0.1", "::1").contains(plan.host()) ? "127.0.0.1" : "0.0.0.0";
  }

  private static String nameOf(DeviceAddress device) {
    return "device-" + device.name() + "-" + device.atSign().bare();
  }

  private static String nameOf(AtSign client) {
    return "client-" + client.bare();
  }
}
