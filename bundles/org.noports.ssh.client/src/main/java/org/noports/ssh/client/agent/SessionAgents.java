package org.noports.ssh.client.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.StoreFailed;

/**
 * The agents of all connections: those at the same path share one socket, which is there as long as
 * one of them is.
 */
public final class SessionAgents implements AutoCloseable {
  private final Map<Path, AgentSocket> open = new HashMap<>();
  private final Executor threads;

  /**
   * @param threads run what waits for programs
   */
  public SessionAgents(Executor threads) {
    this.threads = threads;
  }

  /** A key that programs may use until this is closed. */
  public interface Offered extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Offers a key at a socket, and wipes it when that is closed or the key's life is over.
   *
   * @param over completes when the key opens nothing any more
   * @throws StoreFailed if there can be no socket of this account's alone
   */
  public synchronized Offered offer(Path path, SessionKey key, CompletionStage<?> over)
      throws StoreFailed {
    try {
      AgentSocket socket = open.get(path);
      if (socket == null || !socket.isOpen()) {
        socket = AgentSocket.open(path, threads);
        open.put(path, socket);
      }
      socket.add(key);
      over.thenRunAsync(() -> withdraw(path, key), threads);
      return () -> withdraw(path, key);
    } catch (IOException | RuntimeException e) {
      key.close();
      throw new StoreFailed(
          "ssh cannot be given the session's key: there can be no agent's socket "
              + path
              + " ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private synchronized void withdraw(Path path, SessionKey key) {
    AgentSocket socket = open.get(path);
    if (socket == null) {
      key.close();
    } else if (socket.remove(key)) {
      open.remove(path).close();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(AgentSocket::close);
    open.clear();
  }
}
