package org.noports.ssh.forward;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.tunnel.StreamRequest;

/**
 * One forwarded connection: the gate is asked before MINA is, and MINA is told the address that was
 * decided on instead of the name, which could mean another one by the time that it looks it up.
 */
final class AdmittedChannel extends TcpipServerChannel {
  private final GatedForwards forwards;
  private final Executor executor;

  AdmittedChannel(GatedForwards forwards, Executor executor) {
    super(TcpForwardingFilter.Type.Direct, null);
    this.forwards = forwards;
    this.executor = executor;
  }

  @Override
  protected OpenFuture doInit(Buffer asked) {
    String host = asked.getString();
    int port = asked.getInt();
    Optional<List<InetAddress>> admitted = forwards.connect(host, port, getSession());
    admitted.ifPresent(addresses -> watch(host, port, addresses));
    return admitted.isEmpty()
        ? refused()
        : super.doInit(
            decided(
                admitted.get().stream().findFirst().map(InetAddress::getHostAddress).orElse(host),
                port,
                asked));
  }

  private void watch(String host, int port, List<InetAddress> addresses) {
    new StandingForward(
            forwards.gate(getSession()),
            new StreamRequest.Connect(new Target.Tcp(new HostPort(host, port))),
            addresses,
            executor,
            this::isOpen)
        .watch(() -> close(true));
  }

  /** As RFC 4254 7.2 has it; the originator is what the client said. */
  private static Buffer decided(String host, int port, Buffer rest) {
    Buffer decided = new ByteArrayBuffer();
    decided.putString(host);
    decided.putUInt(Integer.toUnsignedLong(port));
    decided.putBuffer(rest);
    return decided;
  }

  private OpenFuture refused() {
    OpenFuture future = new DefaultOpenFuture(this, this);
    try {
      future.setException(
          new SshChannelOpenException(
              getChannelId(),
              SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
              "Connection denied"));
    } finally {
      close(true);
    }
    return future;
  }
}
