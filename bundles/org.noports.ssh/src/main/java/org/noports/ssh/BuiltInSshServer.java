package org.noports.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.ssh.SshHostKey;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The SSH server for devices without sshd: takes streams from the tunnel and listens nowhere. Who
 * comes was proven by the session and admitted by policy ({@code service:ssh}), so SSH itself asks
 * for nothing more; commands run as the user that runs this program.
 */
@Component(
    configurationPid = "org.noports.ssh",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    property = StreamService.NAME + "=ssh")
@Designate(ocd = BuiltInSshServer.Configuration.class)
public final class BuiltInSshServer implements StreamService, SshHostKey, HealthCheck {
  /** Configuration of {@code org.noports.ssh}; without it there is no built-in SSH server. */
  @ObjectClassDefinition(name = "Built-in SSH server")
  public @interface Configuration {
    @AttributeDefinition(
        name = "Shell",
        description = "Absolute path of the program that runs commands, as SHELL -c COMMAND.")
    String shell() default "/bin/sh";

    @AttributeDefinition(
        name = "Host key",
        description =
            "File of the server's host key; made at first start, readable by its owner only."
                + " Clients know the server by it, so it must outlive restarts.")
    String hostKey() default "data/ssh/host-key";
  }

  private final SshLog log = new SshLog();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-ssh");
            thread.setDaemon(true);
            return thread;
          });
  private final SshServer server = SshServer.setUpDefaultServer();
  private final Health health;
  private final String fingerprint;
  private StreamIo acceptor;

  @Activate
  public BuiltInSshServer(Configuration configuration) {
    Path file = Path.of(configuration.hostKey());
    Health outcome;
    String shown = "";
    try {
      KeyPair hostKey = HostKey.readOrMake(file);
      shown = HostKey.fingerprint(hostKey.getPublic());
      start(configuration.shell(), hostKey);
      log.serving(shown, file);
      outcome = Health.ok("Serving streams with host key " + shown);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      log.hostKeyUnusable(file, e);
      outcome = Health.down("Host key " + file + " is unusable: " + e.getMessage());
    }
    health = outcome;
    fingerprint = shown;
  }

  private void start(String shell, KeyPair hostKey) throws IOException {
    StreamIoFactory streams = new StreamIoFactory(executor);
    server.setIoServiceFactoryFactory(streams);
    // MINA wants a port to "bind"; StreamIo binds nothing. With 0 it would ask which one was
    // chosen.
    server.setPort(22);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setUserAuthFactories(List.of(UserAuthNoneFactory.INSTANCE));
    server.setShellFactory(new ProcessShellFactory(shell, shell));
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(command, shell, "-c", command).createShell(channel));
    server.start();
    acceptor = streams.acceptor();
  }

  @Override
  public void accept(ByteStream stream, StreamOrigin origin) {
    if (acceptor == null) {
      log.turnedAway(origin, health.message());
      stream.close();
      return;
    }
    log.accepted(origin);
    StreamAddress peer = StreamAddress.of(stream, origin.client() + " " + origin.session());
    StreamIoSession session = acceptor.start(stream, peer, (AttributeRepository) null);
    session.open(() -> {}, failure -> log.turnedAway(origin, failure.toString()));
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
  void stop() {
    server.close(true);
    executor.shutdown();
  }
}
