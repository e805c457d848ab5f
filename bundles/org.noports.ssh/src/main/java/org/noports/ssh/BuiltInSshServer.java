package org.noports.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.AttributeRepository;
import org.noports.api.StoreFailed;
import org.noports.api.Target;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.ssh.SshHostKey;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.GatedStreamService;
import org.noports.api.tunnel.StreamGate;
import org.noports.ssh.command.Tools;
import org.noports.ssh.recording.Recorder;
import org.noports.ssh.stream.StreamIo;
import org.noports.ssh.stream.StreamIoSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The SSH server for devices without sshd: takes streams from the tunnel and listens nowhere. Who
 * comes was proven by the session and admitted by policy ({@code service:ssh}), so SSH itself asks
 * for nothing more. Everybody who comes is one account of the device, the configured one, whatever
 * login name the client says; what it forwards goes through the session's gate.
 */
@Component(
    service = {StreamService.class, SshHostKey.class, SshAtDevice.class, HealthCheck.class},
    configurationPid = "org.noports.ssh",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    property = StreamService.NAME + "=ssh")
@Designate(ocd = SshServerConfig.class)
public final class BuiltInSshServer
    implements GatedStreamService, SshHostKey, SshAtDevice, HealthCheck {
  private static final Target SELF = new Target.Service("ssh");

  private volatile Optional<Audit> audit = Optional.empty();
  private final SshLog log = new SshLog(event -> audit.ifPresent(kept -> kept.record(event)));
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-ssh");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "noports-ssh-recordings");
            thread.setDaemon(true);
            return thread;
          });
  private volatile SshSettings settings;
  private volatile Optional<CipherCatalogue> ciphers = Optional.empty();
  private final Recorder recorder =
      new Recorder(() -> settings.recording(), () -> ciphers, log, looker);
  private volatile Health health = Health.down("Not configured yet");
  private volatile Optional<SshPublicKey> own = Optional.empty();
  private volatile VouchedKeys vouched = VouchedKeys.none();
  private volatile boolean usable;
  private MinaServer server;

  @Activate
  public BuiltInSshServer() {}

  /** Takes a configuration; who is connected stays, with the settings it began with or better. */
  @Activate
  @Modified
  synchronized void configure(SshServerConfig configuration) {
    Path file = Path.of(configuration.hostKey());
    vouched = VouchedKeys.of(configuration);
    try {
      KeyPair hostKey = HostKey.readOrMake(file);
      settings = SshSettings.of(configuration);
      if (server == null) {
        server = MinaServer.start(() -> settings, hostKey, recorder, log::agreed, executor);
      } else {
        server.use(hostKey);
      }
      own = Optional.of(HostKey.shown(hostKey.getPublic()));
      usable = true;
      log.serving(fingerprint(), file);
      health = serving();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      usable = false;
      log.unusable(file, e);
      health = Health.down("No SSH with host key " + file + ": " + e.getMessage());
    }
  }

  private Health serving() {
    Optional<String> problem = vouched.read().problem();
    if (problem.isPresent()) {
      log.notVouched(problem.get());
      return Health.degraded(problem.get());
    }
    List<String> missing = Tools.missingForTerminals();
    return missing.isEmpty()
        ? Health.ok("Serving streams with host key " + fingerprint())
        : Health.degraded(
            "Serving commands but no terminals: install "
                + String.join(" and ", missing)
                + " (util-linux, coreutils)");
  }

  @Override
  public void accept(ByteStream stream, StreamOrigin origin, StreamGate gate) {
    if (!usable) {
      turnAway(stream, origin, health.message());
      return;
    }
    StreamIo acceptor = server.acceptor();
    if (acceptor.getManagedSessions().size() >= settings.maxConnections()) {
      turnAway(stream, origin, "maxConnections = " + settings.maxConnections() + " are open");
      return;
    }
    log.accepted(origin);
    StreamAddress peer =
        StreamAddress.of(stream, new StreamAddress.Visitor(origin, gate, gate.records()));
    StreamIoSession session = acceptor.start(stream, peer, (AttributeRepository) null);
    session.open(() -> {}, failure -> log.turnedAway(origin, failure.toString()));
  }

  private void turnAway(ByteStream stream, StreamOrigin origin, String why) {
    log.turnedAway(origin, why);
    stream.close();
  }

  @Override
  public String fingerprint() {
    return own.map(SshPublicKey::fingerprint).orElse("");
  }

  @Override
  public List<SshPublicKey> hostKeys(Target target) throws StoreFailed {
    if (target.equals(SELF)) {
      return own.map(List::of).orElse(List.of());
    }
    VouchedKeys named = vouched;
    if (!named.isSshd(target)) {
      return List.of();
    }
    VouchedKeys.Found found = named.read();
    found.problem().ifPresent(log::notVouched);
    if (found.keys().isEmpty() && named.areNamed()) {
      // Vouching for none would let the client believe whatever key it meets.
      throw new StoreFailed(
          "The operator of this device named the host keys of its sshd (sshdHostKeys in"
              + " etc/org.noports.ssh.cfg), and none of them can be read now: no session goes there"
              + " until that is set right; the device's log says more");
    }
    return found.keys();
  }

  @Override
  public Optional<String> whyNotRecorded(Target target) {
    if (!target.equals(SELF)) {
      return Optional.of(
          "nothing records " + target + "; the built-in SSH server, " + SELF + ", can");
    }
    return usable ? recorder.objection() : Optional.of(health.message());
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCiphers(CipherCatalogue service) {
    ciphers = Optional.of(service);
  }

  void unbindCiphers(CipherCatalogue service) {
    ciphers = ciphers.filter(bound -> bound != service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit service) {
    audit = Optional.of(service);
  }

  void unbindAudit(Audit service) {
    audit = audit.filter(bound -> bound != service);
  }

  @Override
  public String component() {
    return "org.noports.ssh";
  }

  @Override
  public Health check() {
    return health;
  }

  @Deactivate
  synchronized void stop() {
    usable = false;
    if (server != null) {
      server.close();
    }
    recorder.close();
    looker.shutdownNow();
    executor.shutdown();
  }
}
