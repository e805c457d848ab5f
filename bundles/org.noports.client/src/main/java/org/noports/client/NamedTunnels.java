package org.noports.client;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The tunnels of {@code org.noports.client-NAME.cfg}: each file is one that is opened at start and
 * kept open; a changed file closes its tunnel and opens the new one.
 */
@Component(
    service = {HealthCheck.class, ManagedServiceFactory.class},
    immediate = true,
    // Metatype has one description for a PID, and the client's own configuration has that one.
    configurationPid = Client.PID + "-NAME",
    configurationPolicy = ConfigurationPolicy.IGNORE,
    property = "service.pid=" + Client.PID)
@Designate(ocd = NamedTunnelConfig.class, factory = true)
public final class NamedTunnels implements HealthCheck, ManagedServiceFactory {
  private final Client client;
  private final Turns turns;
  private final Map<String, NamedTunnel> tunnels = new ConcurrentHashMap<>();
  private final Map<String, String> unreadable = new ConcurrentHashMap<>();

  @Activate
  public NamedTunnels(@Reference Client client) {
    this.client = client;
    this.turns = client.threads().turns();
  }

  @Deactivate
  void stop() {
    List.copyOf(tunnels.keySet()).forEach(this::deleted);
  }

  @Override
  public String getName() {
    return "Named tunnels";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    deleted(pid);
    try {
      NamedTunnelConfig config = ConfigReader.read(NamedTunnelConfig.class, properties);
      if (!config.to().isBlank()) {
        NamedTunnel tunnel =
            new NamedTunnel(nameOf(pid), config, client, client, client.threads().work(), turns);
        tunnels.put(pid, tunnel);
        tunnel.open();
      }
    } catch (ConfigurationInvalid e) {
      unreadable.put(pid, nameOf(pid) + ": " + e.getMessage());
      ClientLog.unreadable(nameOf(pid) + ": " + e.getMessage());
    }
  }

  @Override
  public void deleted(String pid) {
    unreadable.remove(pid);
    Optional.ofNullable(tunnels.remove(pid)).ifPresent(NamedTunnel::close);
  }

  /** The NAME that the file was given: behind {@code ~}, or what Configuration Admin made up. */
  private static String nameOf(String pid) {
    return pid.substring(pid.lastIndexOf('~') + 1);
  }

  @Override
  public String component() {
    return Client.PID + "/named-tunnels";
  }

  @Override
  public Health check() {
    if (!unreadable.isEmpty()) {
      return Health.down(String.join("; ", unreadable.values()));
    }
    List<String> problems =
        tunnels.values().stream()
            .flatMap(tunnel -> tunnel.problem().map(why -> tunnel.name() + ": " + why).stream())
            .toList();
    return problems.isEmpty()
        ? Health.ok(tunnels.size() + " named tunnels open")
        : Health.degraded(String.join("; ", problems));
  }
}
