package org.noports.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.HostPort;
import org.noports.api.world.WorldPlan;

/**
 * What a machine's configuration says, by PID: the infrastructure's, a device's, a client's. Files
 * are named below {@code base}, which is the machine's {@code etc} folder or a variable for it.
 */
final class MachineSettings {
  /** Folder of the PEM certificates to trust, below the base. */
  static final String TRUST = "trust";

  /** Folder of key files, below the base. */
  static final String KEYS = "keys";

  /** Folder of the atSigns to be hosted, below the base. */
  static final String ATSIGNS = "atsigns";

  /** Certificate chain of the infrastructure's TLS ports, below the base. */
  static final String CERTIFICATE = "tls/certificate.pem";

  /** Private key of the infrastructure's TLS ports, below the base. */
  static final String KEY = "tls/key.pem";

  /** The atDirectory's records, below the base. */
  static final String RECORDS = "directory.records";

  private final WorldPlan plan;
  private final String base;

  MachineSettings(WorldPlan plan, String base) {
    this.plan = plan;
    this.base = base;
  }

  /** atDirectory, atServers and relay. */
  Map<String, Map<String, String>> infrastructure(HostPort directory, String bindAddress) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    settings.put("org.noports.directory.server", directoryServer(bindAddress));
    settings.putAll(common(directory));
    settings.put("org.noports.atserver.host", atServerHost(bindAddress));
    settings.put("org.noports.relay.server", relay(bindAddress));
    return settings;
  }

  /** A machine with one device; the world's clients are its managers. */
  Map<String, Map<String, String>> device(HostPort directory, DeviceAddress device) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>(common(directory));
    settings.put("org.noports.policy.rules", Map.of("managers", join(plan.clients())));
    settings.put(
        "org.noports.device-" + device.name(),
        ordered("atSign", device.atSign().name(), "name", device.name().name()));
    return settings;
  }

  /** A machine from which {@code client} connects. */
  Map<String, Map<String, String>> client(HostPort directory, AtSign client) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>(common(directory));
    settings.put(
        "org.noports.client",
        ordered(
            "from", client.name(), "relay", plan.relay().name(), "relays", plan.relay().name()));
    return settings;
  }

  /** The atDirectory alone. */
  Map<String, String> directoryServer(String bindAddress) {
    return ordered(
        "bindAddress", bindAddress,
        "port", Integer.toString(plan.directoryPort()),
        "certificate", below(CERTIFICATE),
        "key", below(KEY),
        "records", below(RECORDS));
  }

  /** What every machine needs: where the atDirectory is, whom to trust, where its keys are. */
  Map<String, Map<String, String>> common(HostPort directory) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    settings.put("org.noports.identity", Map.of("folders", below(KEYS)));
    settings.put(
        "org.noports.directory", ordered("address", directory.toString(), "trust", below(TRUST)));
    settings.put("org.noports.atserver", Map.of("trust", below(TRUST)));
    return settings;
  }

  /** The atServers. */
  Map<String, String> atServerHost(String bindAddress) {
    return ordered(
        "bindAddress", bindAddress,
        "advertisedHost", plan.host(),
        "firstPort", Integer.toString(plan.firstPort()),
        "certificate", below(CERTIFICATE),
        "key", below(KEY),
        "trust", below(TRUST),
        "provision", below(ATSIGNS));
  }

  /** The relay. */
  Map<String, String> relay(String bindAddress) {
    return ordered(
        "atSign", plan.relay().name(), "address", plan.host(), "bindAddress", bindAddress);
  }

  private String below(String path) {
    return base + "/" + path;
  }

  private static String join(List<AtSign> atSigns) {
    return String.join(", ", atSigns.stream().map(AtSign::name).toList());
  }

  private static Map<String, String> ordered(String... keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
