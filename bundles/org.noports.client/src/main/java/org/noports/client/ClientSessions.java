package org.noports.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.SessionId;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;

/** The tunnels that were asked for here and stand or are being replaced. */
final class ClientSessions implements Sessions {
  private final Set<ClientTunnel> tunnels = new LinkedHashSet<>();
  private boolean closed;

  /** Lists a tunnel until it is over; one that comes after {@link #close} ends at once. */
  void add(ClientTunnel tunnel) {
    boolean late;
    synchronized (tunnels) {
      late = closed;
      tunnels.add(tunnel);
    }
    tunnel.ended().thenRun(() -> remove(tunnel));
    tunnel.start();
    if (late) {
      tunnel.end("the client was stopped");
    }
  }

  private void remove(ClientTunnel tunnel) {
    synchronized (tunnels) {
      tunnels.remove(tunnel);
    }
  }

  @Override
  public List<SessionFacts> running() {
    return snapshot().stream().map(ClientTunnel::facts).toList();
  }

  @Override
  public Optional<CompletionStage<SuiteChange>> rekey(SessionId id, Optional<Suite> suite) {
    return snapshot().stream()
        .filter(tunnel -> tunnel.id().equals(id))
        .findFirst()
        .map(tunnel -> tunnel.joined().end().rekey(suite));
  }

  @Override
  public boolean end(SessionId id, String reason) {
    Optional<ClientTunnel> found =
        snapshot().stream().filter(tunnel -> tunnel.id().equals(id)).findFirst();
    found.ifPresent(tunnel -> tunnel.end(reason));
    return found.isPresent();
  }

  /** Ends what was asked for in the name of {@code from}. */
  void end(AtSign from, NoPortsException because) {
    snapshot().stream()
        .filter(tunnel -> tunnel.request().from().equals(from))
        .forEach(tunnel -> tunnel.end(because));
  }

  /** Ends all. */
  void close(String reason) {
    synchronized (tunnels) {
      closed = true;
    }
    snapshot().forEach(tunnel -> tunnel.end(reason));
  }

  List<ClientTunnel> snapshot() {
    synchronized (tunnels) {
      return List.copyOf(tunnels);
    }
  }
}
