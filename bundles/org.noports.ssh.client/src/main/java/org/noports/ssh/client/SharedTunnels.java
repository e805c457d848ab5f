package org.noports.ssh.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;

/**
 * The sessions that connections of ours go through: one for each request, as long as it stands.
 * Whoever asks the same while one stands, or is being opened, waits for no second handshake; the
 * device decides on each connection all the same.
 */
final class SharedTunnels {
  /** A connection of ours, and the session it goes through. */
  record Connection(ByteStream stream, TunnelSession session) implements AutoCloseable {
    @Override
    public void close() {
      stream.close();
    }
  }

  private final Map<TunnelRequest, CompletableFuture<TunnelSession>> open = new HashMap<>();
  private boolean closed;

  /** Connects; blocks until that is done. Another session is opened if the shared one is over. */
  Connection connect(Tunnels tunnels, TunnelRequest request)
      throws NoPortsException, InterruptedException {
    CompletableFuture<TunnelSession> shared = session(tunnels, request);
    boolean stoodBefore = shared.isDone();
    try {
      return through(Await.result(shared));
    } catch (SessionGone over) {
      forget(request, shared);
      if (!stoodBefore) {
        throw over;
      }
      return through(Await.result(session(tunnels, request)));
    }
  }

  private static Connection through(TunnelSession session)
      throws NoPortsException, InterruptedException {
    return new Connection(Await.result(session.connect()), session);
  }

  private synchronized CompletableFuture<TunnelSession> session(
      Tunnels tunnels, TunnelRequest request) throws SessionGone {
    if (closed) {
      throw new SessionGone("This instance is ending: start the command again");
    }
    CompletableFuture<TunnelSession> present = open.get(request);
    if (present != null) {
      return present;
    }
    CompletableFuture<TunnelSession> opening =
        tunnels.open(request, HandshakeListener.SILENT).toCompletableFuture();
    open.put(request, opening);
    opening.whenComplete((session, failure) -> watch(request, opening, session, failure));
    return opening;
  }

  private void watch(
      TunnelRequest request,
      CompletableFuture<TunnelSession> opening,
      TunnelSession session,
      Throwable failure) {
    if (failure != null) {
      forget(request, opening);
    } else {
      session.ended().thenRun(() -> forget(request, opening));
    }
  }

  private synchronized void forget(TunnelRequest request, CompletableFuture<TunnelSession> which) {
    open.remove(request, which);
  }

  /** How many stand or are being opened. */
  synchronized int count() {
    return open.size();
  }

  /** Ends them all; nothing is opened any more. */
  void close() {
    Map<TunnelRequest, CompletableFuture<TunnelSession>> last;
    synchronized (this) {
      closed = true;
      last = Map.copyOf(open);
      open.clear();
    }
    for (CompletableFuture<TunnelSession> session : last.values()) {
      if (!session.cancel(true)) {
        session.thenAccept(TunnelSession::close);
      }
    }
  }
}
