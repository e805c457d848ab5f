package org.noports.ssh.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.noports.api.stream.ByteStream;

/**
 * MINA's I/O layer over streams: "accepting" is being handed a stream, "connecting" is taking the
 * one of a {@link StreamPeer}. It binds nothing.
 */
public final class StreamIo extends AbstractCloseable implements IoAcceptor, IoConnector {
  private final IoHandler handler;
  private final Executor executor;
  private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
  private volatile IoServiceEventListener listener;

  StreamIo(IoHandler handler, Executor executor) {
    this.handler = handler;
    this.executor = executor;
  }

  /** Starts a session over {@code stream}; {@code attributes} are set before MINA sees it. */
  public StreamIoSession start(
      ByteStream stream, SocketAddress peer, AttributeRepository attributes) {
    StreamIoSession session = new StreamIoSession(this, handler, executor, stream, peer);
    if (attributes != null) {
      session.setAttribute(AttributeRepository.class, attributes);
    }
    sessions.put(session.getId(), session);
    session.addCloseFutureListener(closed -> sessions.remove(session.getId()));
    return session;
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress address, AttributeRepository context, SocketAddress local) {
    IoConnectFuture future = new DefaultIoConnectFuture(address, null);
    StreamPeer target = context == null ? null : context.getAttribute(StreamPeer.KEY);
    if (target != null) {
      StreamIoSession session = start(target.stream(), target, context);
      session.open(() -> future.setSession(session), future::setException);
    } else {
      future.setException(new IOException("Only streams can be connected to, not " + address));
    }
    return future;
  }

  @Override
  public Map<Long, IoSession> getManagedSessions() {
    return Map.copyOf(sessions);
  }

  @Override
  protected void doCloseImmediately() {
    sessions.values().forEach(session -> session.close(true));
    super.doCloseImmediately();
  }

  @Override
  public void bind(Collection<? extends SocketAddress> addresses) {}

  @Override
  public void bind(SocketAddress address) {}

  @Override
  public void unbind(Collection<? extends SocketAddress> addresses) {}

  @Override
  public void unbind(SocketAddress address) {}

  @Override
  public void unbind() {}

  @Override
  public Set<SocketAddress> getBoundAddresses() {
    return Set.of();
  }

  @Override
  public IoServiceEventListener getIoServiceEventListener() {
    return listener;
  }

  @Override
  public void setIoServiceEventListener(IoServiceEventListener listener) {
    this.listener = listener;
  }
}
