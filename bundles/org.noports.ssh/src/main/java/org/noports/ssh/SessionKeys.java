package org.noports.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.ssh.AuthorizedKeys;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.ssh.command.Account;
import org.noports.ssh.keys.AccountKeys;
import org.noports.ssh.keys.KeySettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/**
 * Lets sessions log in to the device's own sshd: makes a key for each, authorises it for moments,
 * and hands it to the client over a stream of the sealed session ({@code service:ssh-key}), or to
 * {@code ssh_request} of NoPorts' programs. Does nothing until {@code authorizedKeys} is set.
 */
@Component(
    service = {AuthorizedKeys.class, StreamService.class, HealthCheck.class},
    configurationPid = "org.noports.ssh",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    property = StreamService.NAME + "=" + AuthorizedKeys.SERVICE)
public final class SessionKeys implements AuthorizedKeys, StreamService, HealthCheck {
  /** What could not be taken back, on a disk that was full for a while, is tried again. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  private static final Path JOURNAL = Path.of("data/ssh/granted");

  private final SshLog log = new SshLog();
  private final ScheduledExecutorService thread;
  private final AccountKeys keys;
  private volatile KeySettings settings =
      new KeySettings(Account.ofThisProcess(), Optional.empty(), 22, Duration.ZERO, "", false, "");
  private volatile String problem = "Not configured yet";

  @Activate
  public SessionKeys() {
    this(JOURNAL, RETRY);
  }

  /** For tests. */
  SessionKeys(Path journal, Duration retry) {
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "noports-ssh-keys");
              made.setDaemon(true);
              return made;
            });
    this.keys = new AccountKeys(() -> settings, journal, log, thread, retry);
  }

  @Activate
  @Modified
  void configure(SshServerConfig configuration) {
    try {
      Account account = Account.of(configuration.user().trim());
      settings =
          new KeySettings(
              account,
              KeySettings.file(configuration.authorizedKeys(), account),
              SshSettings.within("sshdPort", configuration.sshdPort(), 65_535),
              Duration.ofSeconds(SshSettings.within("keySeconds", configuration.keySeconds(), 300)),
              KeySettings.options("keyOptions", configuration.keyOptions()),
              configuration.acceptPublicKeys(),
              KeySettings.options("publicKeyOptions", configuration.publicKeyOptions()));
      problem = "";
    } catch (IOException | IllegalArgumentException e) {
      problem = e.getMessage();
      log.keysUnusable(problem);
    }
    thread.execute(keys::recover);
  }

  @Override
  public void accept(ByteStream stream, StreamOrigin origin) {
    thread.execute(() -> hand(stream, origin));
  }

  private void hand(ByteStream stream, StreamOrigin origin) {
    try {
      Granted granted = grant(origin.session());
      stream.closed().thenRunAsync(granted::close, thread);
      byte[] text = granted.privateKey().exposeSecretBytes();
      stream
          .write(ByteBuffer.wrap(text))
          .thenCompose(written -> stream.endOutput())
          .whenComplete(
              (done, failure) -> {
                Arrays.fill(text, (byte) 0);
                if (failure != null) {
                  stream.close();
                }
              });
      thread.schedule(stream::close, settings.life().toMillis(), TimeUnit.MILLISECONDS);
    } catch (NoPortsException e) {
      log.turnedAway(origin, e.getMessage());
      stream.close();
    }
  }

  @Override
  public boolean grantsKeys() {
    return problem.isEmpty() && keys.grantsKeys();
  }

  @Override
  public boolean acceptsPublicKeys() {
    return problem.isEmpty() && keys.acceptsPublicKeys();
  }

  @Override
  public HostPort sshd() {
    return keys.sshd();
  }

  @Override
  public Granted grant(SessionId session) throws SessionRefused, StoreFailed {
    requireUsable();
    return keys.grant(session);
  }

  @Override
  public Granted grantForward(SessionId session) throws SessionRefused, StoreFailed {
    requireUsable();
    return keys.grantForward(session);
  }

  @Override
  public boolean add(AtSign client, String publicKey) throws SessionRefused, StoreFailed {
    requireUsable();
    return keys.add(client, publicKey);
  }

  private void requireUsable() throws SessionRefused {
    if (!problem.isEmpty()) {
      throw new SessionRefused("This device's org.noports.ssh.cfg is to be set right: " + problem);
    }
  }

  @Override
  public String component() {
    return "org.noports.ssh/keys";
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return Health.down(problem);
    }
    if (!keys.problem().isEmpty()) {
      return Health.down(keys.problem());
    }
    return Health.ok(
        settings.file().map(file -> "Sessions may log in by " + file).orElse("No keys here"));
  }

  @Deactivate
  void stop() {
    keys.close();
    thread.shutdown();
  }
}
