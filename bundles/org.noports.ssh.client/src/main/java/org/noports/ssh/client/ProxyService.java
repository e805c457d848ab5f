package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.door.ExitCodes;
import org.noports.api.door.RawService;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.ClientDefaults;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.Tunnels;
import org.noports.api.tunnel.Level;
import org.noports.ssh.client.SharedTunnels.Connection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code noports proxy DEVICE}: standard input and output are a connection to the device's sshd.
 * What OpenSSH runs as its {@code ProxyCommand}; nothing listens anywhere for it.
 */
@Component(
    service = {RawService.class, HealthCheck.class},
    immediate = true,
    property = RawService.NAME + "=proxy")
public final class ProxyService implements RawService, HealthCheck {
  private static final String HELP = "/proxy.txt";

  private final SshClientLog log = new SshClientLog();
  private final SharedTunnels shared = new SharedTunnels();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-proxy-command");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<Tunnels> tunnels = Optional.empty();
  private volatile Optional<ClientDefaults> defaults = Optional.empty();

  @Activate
  public ProxyService() {}

  @Deactivate
  void stop() {
    shared.close();
    threads.shutdownNow();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTunnels(Tunnels service) {
    tunnels = Optional.of(service);
  }

  void unbindTunnels(Tunnels service) {
    tunnels = tunnels.filter(bound -> bound != service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDefaults(ClientDefaults service) {
    defaults = Optional.of(service);
  }

  void unbindDefaults(ClientDefaults service) {
    defaults = defaults.filter(bound -> bound != service);
  }

  @Override
  public int serve(List<String> arguments, InputStream in, OutputStream out, OutputStream err)
      throws InterruptedException, IOException {
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    if (arguments.contains("--help")) {
      help(out);
      return 0;
    }
    try {
      return carry(ProxyArguments.of(arguments), in, out, messages);
    } catch (NoPortsException e) {
      messages.println("noports: " + e.getMessage());
      return ExitCodes.of(e);
    } catch (IllegalArgumentException e) {
      messages.println("noports: " + e.getMessage());
      return ExitCodes.USAGE;
    }
  }

  private int carry(ProxyArguments asked, InputStream in, OutputStream out, PrintStream messages)
      throws NoPortsException, InterruptedException, IOException {
    Connection connection = shared.connect(client(), request(asked));
    SessionFacts facts = connection.session().facts();
    warn(facts, messages);
    log.opened(facts);
    Carry carry = new Carry(connection.stream(), name -> log.agreed(facts, name));
    try (connection) {
      carry.both(in, out, threads);
    } catch (SessionGone e) {
      // ssh is done before sshd is, and a session may end with its last connection: no news then.
      if (!carry.callerIsDone()) {
        throw e;
      }
      log.brokenBehind(facts, e);
      return ExitCodes.of(e);
    } finally {
      log.closed(facts);
    }
    return ExitCodes.OK;
  }

  /** What passes at such a level could be changed on its way until ssh itself knows the host. */
  private static void warn(SessionFacts facts, PrintStream messages) {
    if (facts.level().compareTo(Level.L2) < 0) {
      messages.println(
          "noports: the session with "
              + facts.device()
              + " is of level "
              + facts.level()
              + ", which does not notice changes: compare the SSH host key's fingerprint yourself"
              + " when you meet it for the first time");
    }
  }

  private Tunnels client() throws ConfigurationInvalid {
    return tunnels.orElseThrow(
        () ->
            new ConfigurationInvalid(
                "Nothing here opens tunnels: that comes with the feature noports-client"));
  }

  private TunnelRequest request(ProxyArguments asked) throws ConfigurationInvalid {
    List<AtSign> relays = relays(asked);
    return new TunnelRequest(
            from(asked),
            asked.device(),
            relays.get(0),
            asked.target(),
            Optional.empty(),
            false,
            TunnelRequest.DEFAULT_GRACE,
            asked.expect())
        .orThrough(relays.subList(1, relays.size()));
  }

  private AtSign from(ProxyArguments asked) throws ConfigurationInvalid {
    return asked
        .from()
        .or(() -> defaults.flatMap(ClientDefaults::from))
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Who are you? Name your atSign with --from, or set 'from' in"
                        + " etc/org.noports.client.cfg"));
  }

  private List<AtSign> relays(ProxyArguments asked) throws ConfigurationInvalid {
    return asked
        .relay()
        .map(List::of)
        .or(() -> defaults.map(known -> known.relay().map(List::of).orElseGet(known::relays)))
        .filter(known -> !known.isEmpty())
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Through which relay? Name it with --relay, or set 'relay' or 'relays' in"
                        + " etc/org.noports.client.cfg"));
  }

  private static void help(OutputStream out) throws IOException {
    try (InputStream text = ProxyService.class.getResourceAsStream(HELP)) {
      text.transferTo(out);
      out.flush();
    }
  }

  @Override
  public String component() {
    return "org.noports.ssh.client";
  }

  @Override
  public Health check() {
    return tunnels.isPresent()
        ? Health.ok("Carries ssh; " + shared.count() + " sessions shared")
        : Health.degraded("Nothing here opens tunnels: noports-client is missing or stopped");
  }
}
