package org.noports.ssh.forward;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamGate.Admitted;
import org.noports.api.tunnel.StreamRequest;

/**
 * Asks the session's gate for each forward: what SSH carries is measured as if the tunnel carried
 * it. Called on threads of ours, so it may wait; one connection waits for its own forwards.
 */
public final class GatedForwards implements ForwardingFilter {
  /** Above the longest time that a device gives its policy. */
  private static final int LIMIT_SECONDS = 65;

  private final Function<Session, StreamGate> gates;
  private final Predicate<Session> x11;
  private final Predicate<Session> agent;

  /**
   * @param gates the gate of a connection
   * @param x11 whether windows may be shown at the client
   * @param agent whether the client's agent may be used from here
   */
  public GatedForwards(
      Function<Session, StreamGate> gates, Predicate<Session> x11, Predicate<Session> agent) {
    this.gates = gates;
    this.x11 = x11;
    this.agent = agent;
  }

  /** Has {@code server} ask for all that it forwards, and end what is permitted no longer. */
  public void guard(SshServer server, Executor executor) {
    server.setForwardingFilter(this);
    server.addPortForwardingEventListener(new StandingListeners(this, executor));
  }

  /** What makes the channels of forwarded connections, each decided on before MINA sees it. */
  public ChannelFactory connections(Executor executor) {
    return new DirectTcpipFactory() {
      @Override
      public Channel createChannel(Session session) {
        return new AdmittedChannel(GatedForwards.this, executor);
      }
    };
  }

  /** Where a connection may go: addresses, or none for wherever its name leads; empty if not. */
  Optional<List<InetAddress>> connect(String host, int port, Session session) {
    try {
      Target target = new Target.Tcp(new HostPort(host, port));
      return admitted(session, new StreamRequest.Connect(target)).map(Admitted::addresses);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  StreamGate gate(Session session) {
    return gates.apply(session);
  }

  /** Connections of {@link #connections} come here when they are decided on; no others do. */
  @Override
  public boolean canConnect(TcpForwardingFilter.Type type, SshdSocketAddress to, Session session) {
    return type == TcpForwardingFilter.Type.Direct;
  }

  @Override
  public boolean canListen(SshdSocketAddress at, Session session) {
    try {
      LocalAddress.Port port = new LocalAddress.Port(at.getHostName(), at.getPort());
      return port.isLoopback() && admitted(session, new StreamRequest.Listen(port)).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<Admitted> admitted(Session session, StreamRequest request) {
    try {
      return Optional.of(
              gates
                  .apply(session)
                  .admit(request)
                  .toCompletableFuture()
                  .get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .filter(Admitted.class::isInstance)
          .map(Admitted.class::cast);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public boolean canForwardX11(Session session, String request) {
    return x11.test(session);
  }

  @Override
  public boolean canForwardAgent(Session session, String request) {
    return agent.test(session);
  }
}
