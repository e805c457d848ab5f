package org.noports.ssh;

import java.util.concurrent.Executor;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/** Gives MINA {@link StreamIo} where it would make sockets. */
final class StreamIoFactory extends AbstractCloseable
    implements IoServiceFactory, IoServiceFactoryFactory {
  private final Executor executor;
  private volatile IoServiceEventListener listener;
  private volatile StreamIo acceptor;

  StreamIoFactory(Executor executor) {
    this.executor = executor;
  }

  @Override
  public IoServiceFactory create(FactoryManager manager) {
    return this;
  }

  @Override
  public IoConnector createConnector(IoHandler handler) {
    return new StreamIo(handler, executor);
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler handler) {
    acceptor = new StreamIo(handler, executor);
    return acceptor;
  }

  /** What takes streams for the server that was started with this factory. */
  StreamIo acceptor() {
    return acceptor;
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
