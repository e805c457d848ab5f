package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.door.ExitCodes;
import org.noports.api.door.RawService;
import org.noports.api.session.SessionFacts;
import org.noports.ssh.client.SharedTunnels.Connection;
import org.noports.ssh.client.agent.SessionAgents;
import org.noports.ssh.client.hosts.JudgeHostKey;
import org.noports.ssh.client.hosts.KnownHosts;
import org.noports.ssh.client.words.ProxyArguments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code noports proxy DEVICE}: standard input and output are a connection to the device's sshd.
 * What OpenSSH runs as its {@code ProxyCommand}; nothing listens anywhere for it.
 */
@Component(service = RawService.class, immediate = true, property = RawService.NAME + "=proxy")
public final class ProxyService implements RawService {
  private static final String HELP = "/proxy.txt";

  private final SshClientLog log = new SshClientLog();
  private final DeviceConnections connections;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-proxy-command");
            thread.setDaemon(true);
            return thread;
          });

  private final SessionAgents agents = new SessionAgents(threads);
  private final KnownHosts known;

  @Activate
  public ProxyService(@Reference DeviceConnections connections) {
    this(
        connections,
        new KnownHosts(WrittenSshConfig.knownHosts(Path.of(System.getProperty("karaf.base", "")))));
  }

  /** For tests. */
  ProxyService(DeviceConnections connections, KnownHosts known) {
    this.connections = connections;
    this.known = known;
  }

  @Deactivate
  void stop() {
    agents.close();
    threads.shutdownNow();
  }

  @Override
  public int serve(List<String> arguments, InputStream in, OutputStream out, OutputStream err)
      throws InterruptedException, IOException {
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    if (arguments.contains("--help")) {
      Texts.print(HELP, out);
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
    Connection connection = connections.connect(asked);
    SessionFacts facts = connection.session().facts();
    DeviceConnections.warn(facts, line -> messages.println("noports: " + line));
    log.opened(facts);
    JudgeHostKey judge =
        new JudgeHostKey(
            known,
            asked,
            connection.session().sshHostKeys(),
            line -> messages.println("noports: " + line));
    Carry carry = new Carry(connection.stream(), name -> agreed(facts, name), judge);
    try (connection;
        SessionAgents.Offered key = key(asked, connection)) {
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

  private void agreed(SessionFacts facts, String exchange) {
    log.agreed(facts, exchange);
    connections.agreed(facts, exchange);
  }

  private SessionAgents.Offered key(ProxyArguments asked, Connection connection)
      throws NoPortsException, InterruptedException {
    return asked.sessionKey().isPresent()
        ? LoginKey.offer(connection.session(), asked.sessionKey().get(), agents)
        : () -> {};
  }
}
