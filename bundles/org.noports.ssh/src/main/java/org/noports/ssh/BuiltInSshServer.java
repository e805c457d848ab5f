package org.noports.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.AttributeRepository;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.ssh.SshHostKey;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.GatedStreamService;
import org.noports.api.tunnel.StreamGate;
import org.noports.ssh.command.Tools;
import org.noports.ssh.stream.StreamIo;
import org.noports.ssh.stream.StreamIoSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The SSH server for devices without sshd: takes streams from the tunnel and listens nowhere. Who
 * comes was proven by the session and admitted by policy ({@code service:ssh}), so SSH itself asks
 * for nothing more. Everybody who comes is one account of the device, the configured one, whatever
 * login name the client says; what it forwards goes through the session's gate.
 */
@Component(
    service = {StreamService.class, SshHostKey.class, HealthCheck.class},
    configurationPid = "org.noports.ssh",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    property = StreamService.NAME + "=ssh")
@Designate(ocd = BuiltInSshServer.Configuration.class)
public final class BuiltInSshServer implements GatedStreamService, SshHostKey, HealthCheck {
  /** Configuration of {@code org.noports.ssh}; without it there is no built-in SSH server. */
  @ObjectClassDefinition(name = "Built-in SSH server")
  public @interface Configuration {
    @AttributeDefinition(
        name = "Shell",
        description =
            "Absolute path of the program that runs commands, as SHELL -c COMMAND, and that people"
                + " get, as SHELL -l.")
    String shell() default "/bin/sh";

    @AttributeDefinition(
        name = "User",
        description =
            "The account that everything runs as. Empty: the one that runs this process; another"
                + " one takes a process of root's, and setpriv of util-linux.")
    String user() default "";

    @AttributeDefinition(
        name = "Host key",
        description =
            "File of the server's host key; made at first start, readable by its owner only."
                + " Clients know the server by it, so it must outlive restarts.")
    String hostKey() default "data/ssh/host-key";

    @AttributeDefinition(
        name = "Accepted variables",
        description =
            "Comma-separated names of environment variables that clients may set, with * at the end"
                + " for any; others could change what programs do. At most 64 of 32768 characters.")
    String acceptEnv() default "LANG,LC_*,COLORTERM";

    @AttributeDefinition(
        name = "Folder of files",
        description =
            "Absolute path of the folder that sftp and scp see as /; links that lead out of it are"
                + " refused, and none are made. Empty: no sftp. Not with another user than this"
                + " process's, whose rights it has. A shell reaches what the account reaches.")
    String sftpRoot() default "";

    @AttributeDefinition(
        name = "X11",
        description =
            "Whether programs here may show windows at the client (ssh -X): it takes xauth, and"
                + " listens on a loopback port for each connection that asks for it.")
    boolean x11() default false;

    @AttributeDefinition(
        name = "Agent",
        description =
            "Whether programs here may use the client's SSH agent (ssh -A), through a socket that"
                + " only the account can open. Root of this machine can use it too.")
    boolean agent() default false;

    @AttributeDefinition(
        name = "Most connections",
        min = "1",
        max = "10000",
        description = "SSH connections at once: each takes threads and processes.")
    int maxConnections() default 100;

    @AttributeDefinition(
        name = "Most channels",
        min = "1",
        max = "10000",
        description =
            "Shells, commands and forwarded connections at once of one SSH connection, so that one"
                + " client cannot take the processes of all.")
    int maxChannels() default 64;

    @AttributeDefinition(
        name = "Authorized keys",
        description =
            "The file in which sessions are given keys for the device's own sshd, usually"
                + " ~/.ssh/authorized_keys (of the account in 'user'). Empty: sessions get none,"
                + " and ssh_request is refused. A link is not followed.")
    String authorizedKeys() default "";

    @AttributeDefinition(
        name = "Port of sshd",
        min = "1",
        max = "65535",
        description = "Where the device's own sshd listens on localhost, for ssh_request.")
    int sshdPort() default 22;

    @AttributeDefinition(
        name = "Seconds of a key",
        min = "1",
        max = "300",
        description =
            "How long a session's key stays authorised: a login begins within it, and goes on"
                + " after it. After a crash the key goes at the next start, and sshd itself takes"
                + " it no more a minute later.")
    int keySeconds() default 15;

    @AttributeDefinition(
        name = "Options of a session's key",
        description = "In sshd's form, beside our own, for example no-agent-forwarding,no-pty.")
    String keyOptions() default "";

    @AttributeDefinition(
        name = "Accept public keys",
        description =
            "Whether clients whom the policy permits it may leave their public keys in the file"
                + " (sshpublickey), for good: whoever has such a key needs no session of ours.")
    boolean acceptPublicKeys() default false;

    @AttributeDefinition(
        name = "Options of clients' keys",
        description =
            "In sshd's form, for example from=\"127.0.0.1,::1\", so that they are good"
                + " through the tunnel only.")
    String publicKeyOptions() default "from=\"127.0.0.1,::1\"";
  }

  private final SshLog log = new SshLog();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-ssh");
            thread.setDaemon(true);
            return thread;
          });
  private volatile SshSettings settings;
  private volatile Health health = Health.down("Not configured yet");
  private volatile String fingerprint = "";
  private volatile boolean usable;
  private MinaServer server;

  @Activate
  public BuiltInSshServer() {}

  /** Takes a configuration; who is connected stays, with the settings it began with or better. */
  @Activate
  @Modified
  synchronized void configure(Configuration configuration) {
    Path file = Path.of(configuration.hostKey());
    try {
      KeyPair hostKey = HostKey.readOrMake(file);
      settings = SshSettings.of(configuration);
      if (server == null) {
        server = MinaServer.start(() -> settings, hostKey, executor);
      } else {
        server.use(hostKey);
      }
      fingerprint = HostKey.fingerprint(hostKey.getPublic());
      usable = true;
      log.serving(fingerprint, file);
      health = serving();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      usable = false;
      log.unusable(file, e);
      health = Health.down("No SSH with host key " + file + ": " + e.getMessage());
    }
  }

  private Health serving() {
    List<String> missing = Tools.missingForTerminals();
    return missing.isEmpty()
        ? Health.ok("Serving streams with host key " + fingerprint)
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
    StreamAddress peer = StreamAddress.of(stream, new StreamAddress.Visitor(origin, gate));
    StreamIoSession session = acceptor.start(stream, peer, (AttributeRepository) null);
    session.open(() -> {}, failure -> log.turnedAway(origin, failure.toString()));
  }

  private void turnAway(ByteStream stream, StreamOrigin origin, String why) {
    log.turnedAway(origin, why);
    stream.close();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
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
    executor.shutdown();
  }
}
