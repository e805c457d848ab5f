package org.noports.ssh.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.noports.api.NoPortsException;
import org.noports.api.door.RawCall;
import org.noports.api.session.SessionFacts;
import org.noports.ssh.client.SharedTunnels.Connection;
import org.noports.ssh.client.agent.SessionAgents;
import org.noports.ssh.client.login.Login;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.LoginRequest;

/** Logs in at devices for a command that is built in, and ends what it has begun with it. */
final class Logins implements AutoCloseable {
  private static final Path NO_AGENT = Path.of("");

  private final SshClientLog log = new SshClientLog();
  private final DeviceConnections connections;
  private final LoginPlaces places;
  private final ExecutorService threads;
  private final SessionAgents agents;

  /** What is done over a login. */
  interface Work<T> {
    T over(Login login) throws NoPortsException, IOException, InterruptedException;
  }

  Logins(String threadName, DeviceConnections connections, LoginPlaces places) {
    this.connections = connections;
    this.places = places;
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, threadName);
              thread.setDaemon(true);
              return thread;
            });
    agents = new SessionAgents(threads);
  }

  ExecutorService threads() {
    return threads;
  }

  /** Connects, logs in and does it; blocks until that is done. */
  <T> T at(LoginRequest asked, RawCall call, Talk talk, boolean agentGoesAlong, Work<T> work)
      throws NoPortsException, IOException, InterruptedException {
    try (Connection connection = connections.connect(asked.way());
        Key key = key(asked, connection)) {
      SessionFacts facts = connection.session().facts();
      DeviceConnections.warn(facts, talk::warn);
      log.opened(facts);
      Login.Surroundings here =
          new Login.Surroundings(
              places.of(call),
              places.knownHosts(),
              connection.session().sshHostKeys(),
              key.socket(),
              threads,
              name -> log.agreed(facts, name),
              agentGoesAlong);
      try (Login login = Login.over(connection.stream(), asked, call, here, talk)) {
        return work.over(login);
      } finally {
        log.closed(facts);
      }
    }
  }

  /** The session's own key, at a socket in a folder that nobody else enters. */
  private record Key(Path agent, SessionAgents.Offered offered) implements AutoCloseable {
    private Optional<Path> socket() {
      return Optional.of(agent).filter(path -> path != NO_AGENT);
    }

    @Override
    public void close() throws IOException {
      offered.close();
      if (agent != NO_AGENT) {
        Files.deleteIfExists(agent);
        Files.deleteIfExists(agent.getParent());
      }
    }
  }

  private Key key(LoginRequest asked, Connection connection)
      throws NoPortsException, IOException, InterruptedException {
    if (!asked.sessionKey()) {
      return new Key(NO_AGENT, () -> {});
    }
    Path folder = Files.createTempDirectory("noports-key");
    try {
      Path agent = folder.resolve("agent");
      return new Key(agent, LoginKey.offer(connection.session(), agent, agents));
    } catch (NoPortsException | InterruptedException | RuntimeException e) {
      Files.deleteIfExists(folder);
      throw e;
    }
  }

  @Override
  public void close() {
    agents.close();
    threads.shutdownNow();
  }
}
