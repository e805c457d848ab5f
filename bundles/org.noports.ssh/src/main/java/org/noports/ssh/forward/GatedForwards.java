package org.noports.ssh.forward;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/**
 * Asks the session's gate for each forward: what SSH carries is measured as if the tunnel carried
 * it. Called on threads of ours, so it may wait; one connection waits for its own forwards.
 */
public final class GatedForwards implements ForwardingFilter {
  /** Above the longest time that a device gives its policy. */
  private static final int LIMIT_SECONDS = 65;

  private final Function<Session, StreamGate> gates;
  private final BooleanSupplier x11;
  private final BooleanSupplier agent;

  /**
   * @param gates the gate of a connection
   * @param x11 whether windows may be shown at the client
   * @param agent whether the client's agent may be used from here
   */
  public GatedForwards(
      Function<Session, StreamGate> gates, BooleanSupplier x11, BooleanSupplier agent) {
    this.gates = gates;
    this.x11 = x11;
    this.agent = agent;
  }

  @Override
  public boolean canConnect(TcpForwardingFilter.Type type, SshdSocketAddress to, Session session) {
    try {
      Target target = new Target.Tcp(new HostPort(to.getHostName(), to.getPort()));
      return admitted(session, new StreamRequest.Connect(target));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public boolean canListen(SshdSocketAddress at, Session session) {
    try {
      LocalAddress.Port port = new LocalAddress.Port(at.getHostName(), at.getPort());
      return port.isLoopback() && admitted(session, new StreamRequest.Listen(port));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean admitted(Session session, StreamRequest request) {
    try {
      return gates
              .apply(session)
              .admit(request)
              .toCompletableFuture()
              .get(LIMIT_SECONDS, TimeUnit.SECONDS)
          instanceof StreamGate.Admitted;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean canForwardX11(Session session, String request) {
    return x11.getAsBoolean();
  }

  @Override
  public boolean canForwardAgent(Session session, String request) {
    return agent.getAsBoolean();
  }
}
