package org.noports.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.HostedAtSigns;
import org.noports.api.directory.DirectoryRecords;
import org.noports.api.world.Demo;
import org.noports.api.world.WorldPlan;
import org.noports.api.world.Worlds;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The demo's parts, each started by giving it its configuration, in the order of their needs. */
final class DemoWorld {
  private static final String LOOPBACK = "127.0.0.1";

  private final WorldPlan plan;
  private final Path folder;
  private final Parts parts;
  private final ConfigurationAdmin configurations;
  private boolean standing;

  DemoWorld(WorldPlan plan, Path folder, Parts parts, ConfigurationAdmin configurations) {
    this.plan = plan;
    this.folder = folder;
    this.parts = parts;
    this.configurations = configurations;
  }

  /** Starts all that does not stand yet. */
  synchronized void stand(Demo.Progress progress) throws NoPortsException, IOException {
    if (standing) {
      return;
    }
    Instant start = Instant.now();
    Path etc = makeFiles();
    start = tell(progress, start, "private CA, and keys of " + names(plan.atSigns()));
    MachineSettings settings = new MachineSettings(plan, etc.toString());
    HostPort directory = startDirectory(settings);
    start = tell(progress, start, "atDirectory on " + directory);
    startAtServers(settings, directory);
    start = tell(progress, start, plan.atSigns().size() + " atServers, one for each atSign");
    startRelay(settings);
    start = tell(progress, start, "relay " + plan.relay());
    startDevice(settings, directory);
    start = tell(progress, start, "policy, and " + plan.devices().get(0) + " with its SSH server");
    configure(settings.client(directory, plan.clients().get(0)), "org.noports.client");
    standing = true;
  }

  private Path makeFiles() throws NoPortsException, IOException {
    deleteAll(folder);
    List<Worlds.Machine> machines = parts.service(Worlds.class).init(plan, folder);
    Path etc = machines.get(0).folder().resolve("etc");
    for (Worlds.Machine machine : machines.subList(1, machines.size())) {
      copyKeys(machine.folder().resolve("etc/keys"), etc.resolve("keys"));
    }
    return etc;
  }

  private static void copyKeys(Path from, Path to) throws IOException {
    try (Stream<Path> keys = Files.list(from)) {
      for (Path key : keys.toList()) {
        Files.move(key, to.resolve(key.getFileName()));
      }
    }
  }

  private HostPort startDirectory(MachineSettings settings) throws NoPortsException, IOException {
    configure("org.noports.directory.server", settings.directoryServer(LOOPBACK));
    return new HostPort(plan.host(), parts.service(DirectoryRecords.class).address().port());
  }

  private void startAtServers(MachineSettings settings, HostPort directory)
      throws NoPortsException, IOException {
    for (Map.Entry<String, Map<String, String>> pid : settings.common(directory).entrySet()) {
      configure(pid.getKey(), pid.getValue());
    }
    configure("org.noports.atserver.host", settings.atServerHost(LOOPBACK));
    parts.service(HostedAtSigns.class, hosted -> hosted.all().size() == plan.atSigns().size());
    parts.service(DirectoryRecords.class, records -> records.all().size() == plan.atSigns().size());
  }

  private void startRelay(MachineSettings settings) throws NoPortsException, IOException {
    Map<String, String> relay = new LinkedHashMap<>(settings.relay(LOOPBACK));
    relay.put("address", LOOPBACK);
    configure("org.noports.relay.server", relay);
    parts.well("org.noports.relay.server");
  }

  private void startDevice(MachineSettings settings, HostPort directory)
      throws NoPortsException, IOException {
    DeviceAddress device = plan.devices().get(0);
    configure("org.noports.ssh", Map.of("hostKey", folder.resolve("host-key").toString()));
    configure(settings.device(directory, device), "org.noports.policy.rules");
    Map<String, String> ours =
        new LinkedHashMap<>(
            settings.device(directory, device).get("org.noports.device-" + device.name()));
    ours.put("permitOpen", "service:ssh, localhost:*, udp:localhost:*");
    update(
        configurations.getFactoryConfiguration("org.noports.device", device.name().name(), "?"),
        ours);
    parts.well("org.noports.device/" + device.name());
  }

  private void configure(Map<String, Map<String, String>> settings, String pid) throws IOException {
    configure(pid, settings.get(pid));
  }

  private void configure(String pid, Map<String, String> values) throws IOException {
    update(configurations.getConfiguration(pid, "?"), values);
  }

  private static void update(Configuration configuration, Map<String, String> values)
      throws IOException {
    Dictionary<String, Object> all =
        configuration.getProperties() == null ? new Hashtable<>() : configuration.getProperties();
    values.forEach(all::put);
    configuration.update(all);
  }

  private static Instant tell(Demo.Progress progress, Instant start, String part) {
    Instant now = Instant.now();
    progress.started(part, Duration.between(start, now));
    return now;
  }

  private static String names(List<AtSign> atSigns) {
    return String.join(" ", atSigns.stream().map(AtSign::name).toList());
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
