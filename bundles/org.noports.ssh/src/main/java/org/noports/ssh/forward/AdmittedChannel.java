package org.noports.ssh.forward;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.tunnel.StreamRequest;

/**
 * One forwarded connection: the gate is asked before MINA is, and MINA is told the addresses that
 * were decided on, in turn, instead of the name, which could mean another one by the time that it
 * looks it up.
 */
final class AdmittedChannel extends TcpipServerChannel {
  private final GatedForwards forwards;
  private final Executor executor;
  private final Queue<String> others = new ConcurrentLinkedQueue<>();
  private volatile int port;
  private volatile byte[] originator = {};

  AdmittedChannel(GatedForwards forwards, Executor executor) {
    super(TcpForwardingFilter.Type.Direct, null);
    this.forwards = forwards;
    this.executor = executor;
  }

  @Override
  protected OpenFuture doInit(Buffer asked) {
    String host = asked.getString();
    port = asked.getInt();
    originator = asked.getCompactData();
    Optional<List<InetAddress>> admitted = forwards.connect(host, port, getSession());
    if (admitted.isEmpty()) {
      return refused();
    }
    watch(host, port, admitted.get());
    admitted.get().stream().map(InetAddress::getHostAddress).forEach(others::add);
    return super.doInit(decided(Optional.ofNullable(others.poll()).orElse(host)));
  }

  /** An address that is not reached is followed by the next one. */
  @Override
  protected void handleChannelConnectResult(OpenFuture answer, IoConnectFuture reached) {
    Optional<String> next =
        reached.isConnected() || !isOpen() ? Optional.empty() : Optional.ofNullable(others.poll());
    if (next.isEmpty()) {
      super.handleChannelConnectResult(answer, reached);
      return;
    }
    super.doInit(decided(next.get()))
        .addListener(
            again -> {
              if (again.isOpened()) {
                answer.setOpened();
              } else {
                answer.setException(again.getException());
              }
            });
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
  private Buffer decided(String address) {
    Buffer decided = new ByteArrayBuffer();
    decided.putString(address);
    decided.putUInt(Integer.toUnsignedLong(port));
    decided.putRawBytes(originator);
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
