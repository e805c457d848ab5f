package org.noports.client;

import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.SessionId;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.ClientDefaults;
import org.noports.api.session.Devices;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The client: the front door for commands and gateways. A change of configuration is for the next
 * request; what stands goes on. A configuration that cannot be read changes nothing.
 */
@Component(
    service = {
      Client.class,
      Tunnels.class,
      Sessions.class,
      Devices.class,
      ClientDefaults.class,
      EnrollmentObserver.class,
      HealthCheck.class,
      ManagedService.class
    },
    immediate = true,
    configurationPid = Client.PID,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    property = "service.pid=" + Client.PID)
@Designate(ocd = ClientConfig.class)
public final class Client
    implements Tunnels,
        Sessions,
        Devices,
        ClientDefaults,
        EnrollmentObserver,
        HealthCheck,
        ManagedService {
  static final String PID = "org.noports.client";

  private final ClientThreads threads = ClientThreads.start();
  private final ClientSessions sessions = new ClientSessions();
  private final OpenTunnels opener;
  private final ListDevices devices;
  private volatile ClientSettings settings;
  private volatile String problem = "";

  @Activate
  public Client(@Reference Neighbours neighbours) {
    this(neighbours, Clock.systemUTC());
  }

  /** For tests. */
  Client(Neighbours neighbours, Clock clock) {
    this.settings = defaults();
    this.devices = new ListDevices(neighbours);
    Publish publish = new Publish();
    this.opener =
        new OpenTunnels(
            new OpenTunnel(
                neighbours,
                threads.work(),
                publish,
                new NearestRelay(neighbours, () -> settings, System::nanoTime)),
            new ResumeSession(neighbours, threads.work(), publish),
            sessions,
            new Receipts(neighbours, clock),
            threads,
            () -> settings);
  }

  private static ClientSettings defaults() {
    try {
      return ClientSettings.of(ConfigReader.read(ClientConfig.class, new Hashtable<>()));
    } catch (ConfigurationInvalid e) {
      throw new IllegalStateException("The defaults are valid", e);
    }
  }

  /** Called by Configuration Admin; null when there is no configuration. */
  @Override
  public void updated(Dictionary<String, ?> properties) {
    try {
      settings =
          ClientSettings.of(
              ConfigReader.read(
                  ClientConfig.class, properties == null ? new Hashtable<>() : properties));
      problem = "";
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      ClientLog.unreadable(problem);
    }
  }

  @Deactivate
  void stop() {
    opener.close();
    sessions.close("the client was stopped");
    threads.close();
  }

  ClientThreads threads() {
    return threads;
  }

  @Override
  public CompletionStage<TunnelSession> open(TunnelRequest request, HandshakeListener listener) {
    return opener.open(request, listener);
  }

  @Override
  public List<SessionFacts> running() {
    return sessions.running();
  }

  @Override
  public Optional<CompletionStage<SuiteChange>> rekey(SessionId id, Optional<Suite> suite) {
    return sessions.rekey(id, suite);
  }

  @Override
  public boolean end(SessionId id, String reason) {
    return sessions.end(id, reason);
  }

  @Override
  public void ended(AtSign self, EnrollmentEnded reason) {
    sessions.end(self, reason);
  }

  @Override
  public CompletionStage<List<DeviceStatus>> list(AtSign self, AtSign owner, Duration within) {
    return devices.list(self, owner, within);
  }

  @Override
  public Optional<AtSign> from() {
    return settings.from();
  }

  @Override
  public Optional<AtSign> relay() {
    return settings.relay();
  }

  @Override
  public List<AtSign> relays() {
    return settings.relays();
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return Health.down(problem + "; the settings before it stay in force");
    }
    List<ClientTunnel> tunnels = sessions.snapshot();
    long lost = tunnels.stream().filter(ClientTunnel::reconnecting).count();
    return lost > 0
        ? Health.degraded(lost + " of " + tunnels.size() + " tunnels are being reconnected")
        : Health.ok(tunnels.size() + " tunnels");
  }
}
