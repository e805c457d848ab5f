package org.noports.api.world;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;

/**
 * Who is in a world, and where its infrastructure answers.
 *
 * @param host name or address at which devices and clients reach the infrastructure's machine
 * @param directoryPort the atDirectory's port; 0 for any free one
 * @param firstPort the first atServer's port, the others follow; 0 for any free ones
 * @param relay the relay's atSign
 * @param policy the policy service's atSign
 * @param clients the clients' atSigns; each is a manager of every device
 * @param devices the devices
 */
public record WorldPlan(
    String host,
    int directoryPort,
    int firstPort,
    AtSign relay,
    AtSign policy,
    List<AtSign> clients,
    List<DeviceAddress> devices) {
  /** Default of {@link #directoryPort}: the atDirectory's port 64 would need a privileged user. */
  public static final int DIRECTORY_PORT = 6464;

  /** Default of {@link #firstPort}. */
  public static final int FIRST_PORT = 6465;

  public WorldPlan {
    requireNonNull(host, "host is null");
    requireNonNull(relay, "relay is null");
    requireNonNull(policy, "policy is null");
    clients = List.copyOf(clients);
    devices = List.copyOf(devices);
    if (clients.isEmpty() || devices.isEmpty()) {
      throw new IllegalArgumentException("A world needs at least one client and one device");
    }
    if (Set.copyOf(clients).contains(relay) || atSignsOf(devices).contains(relay)) {
      throw new IllegalArgumentException(
          relay + " cannot be the relay and a client or device at once: give it a name of its own");
    }
  }

  /** Every atSign of the world, each once: relay, policy, clients, devices. */
  public List<AtSign> atSigns() {
    Set<AtSign> all = new LinkedHashSet<>(List.of(relay));
    all.add(policy);
    all.addAll(clients);
    all.addAll(atSignsOf(devices));
    return List.copyOf(all);
  }

  private static Set<AtSign> atSignsOf(List<DeviceAddress> devices) {
    Set<AtSign> atSigns = new LinkedHashSet<>();
    devices.forEach(device -> atSigns.add(device.atSign()));
    return atSigns;
  }
}
