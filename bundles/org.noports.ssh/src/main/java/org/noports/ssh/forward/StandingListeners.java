package org.noports.ssh.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.sshd.common.forward.PortForwardingEventListener;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;

/** What listens here for SSH clients ({@code -R}), and ends when it is not permitted any more. */
final class StandingListeners implements PortForwardingEventListener {
  private final GatedForwards forwards;
  private final Executor executor;
  private final Set<Standing> standing = ConcurrentHashMap.newKeySet();

  private record Standing(Session session, int port) {}

  StandingListeners(GatedForwards forwards, Executor executor) {
    this.forwards = forwards;
    this.executor = executor;
  }

  @Override
  public void establishedExplicitTunnel(
      Session session,
      SshdSocketAddress local,
      SshdSocketAddress remote,
      boolean localForwarding,
      SshdSocketAddress bound,
      Throwable reason) {
    if (!localForwarding || bound == null || reason != null) {
      return;
    }
    Standing one = new Standing(session, bound.getPort());
    standing.add(one);
    StreamRequest request =
        new StreamRequest.Listen(new LocalAddress.Port(local.getHostName(), local.getPort()));
    new StandingForward(
            forwards.gate(session),
            request,
            List.of(),
            executor,
            () -> session.isOpen() && standing.contains(one))
        .watch(() -> end(session, new SshdSocketAddress(local.getHostName(), bound.getPort())));
    session.addCloseFutureListener(closed -> standing.remove(one));
  }

  @Override
  public void tornDownExplicitTunnel(
      Session session,
      SshdSocketAddress address,
      boolean localForwarding,
      SshdSocketAddress remote,
      Throwable reason) {
    standing.remove(new Standing(session, address.getPort()));
  }

  private static void end(Session session, SshdSocketAddress bound) {
    try {
      session
          .getService(ConnectionService.class)
          .getForwarder()
          .localPortForwardingCancelled(bound);
    } catch (IOException e) {
      // What cannot be closed alone is closed with all that is around it.
      session.close(true);
      throw new UncheckedIOException(e);
    }
  }
}
