package org.noports.ssh.stream;

import java.util.concurrent.Executor;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.session.helpers.AbstractSessionFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/**
 * Gives MINA {@link StreamIo} where it would make sockets for SSH itself. Forwards have real
 * sockets.
 */
public final class StreamIoFactory extends AbstractCloseable
    implements IoServiceFactory, IoServiceFactoryFactory {
  private final Executor executor;
  private FactoryManager manager;
  private IoServiceFactory sockets;
  private volatile IoServiceEventListener listener;
  private volatile StreamIo acceptor;

  /**
   * Threads are the caller's.
   *
   * @param executor works on what arrives; may block
   */
  public StreamIoFactory(Executor executor) {
    this.executor = executor;
  }

  @Override
  public synchronized IoServiceFactory create(FactoryManager forManager) {
    manager = forManager;
    return this;
  }

  @Override
  public IoConnector createConnector(IoHandler handler) {
    return isSsh(handler) ? new StreamIo(handler, executor) : sockets().createConnector(handler);
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler handler) {
    if (!isSsh(handler)) {
      return sockets().createAcceptor(handler);
    }
    acceptor = new StreamIo(handler, executor);
    return acceptor;
  }

  private static boolean isSsh(IoHandler handler) {
    return handler instanceof AbstractSessionFactory;
  }

  /** Made when the first forward needs it: they have threads of their own. */
  private synchronized IoServiceFactory sockets() {
    if (sockets == null) {
      sockets = new Nio2ServiceFactoryFactory().create(manager);
    }
    return sockets;
  }

  /** What takes streams for the server that was started with this factory. */
  public StreamIo acceptor() {
    return acceptor;
  }

  @Override
  protected void doCloseImmediately() {
    synchronized (this) {
      if (sockets != null) {
        sockets.close(true);
      }
    }
    super.doCloseImmediately();
  }

  @Override
  public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
    // All work is done on the one executor that we were given.
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
