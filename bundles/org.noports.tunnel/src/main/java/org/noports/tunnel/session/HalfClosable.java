package org.noports.tunnel.session;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import org.noports.transport.LoopBound;

/** What of {@link MultiplexedStream} any channel without a socket would have. */
abstract class HalfClosable extends AbstractChannel implements DuplexChannel, LoopBound {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 1);
  private static final SocketAddress ADDRESS = new LocalAddress("np2");

  private final ChannelConfig config = new DefaultChannelConfig(this).setAutoRead(false);
  private final EventLoop loop;
  private volatile boolean open = true;
  private volatile boolean inputShutdown;
  private volatile boolean outputShutdown;

  HalfClosable(EventLoop loop) {
    super(null);
    this.loop = loop;
  }

  /** Our output has ended behind all that was written. */
  abstract void outputEnded();

  /** It is closed, in whatever state it was. */
  abstract void gone();

  final void inputEnded() {
    inputShutdown = true;
  }

  @Override
  protected final void doClose() {
    if (open) {
      open = false;
      gone();
    }
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    if (!outputShutdown && open) {
      outputShutdown = true;
      outputEnded();
    }
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public boolean isShutdown() {
    return inputShutdown && outputShutdown;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promise.setFailure(new IOException("A stream is connected already"));
      }
    };
  }

  /** A session has one thread, and its streams live on it. */
  @Override
  protected boolean isCompatible(EventLoop other) {
    return other == loop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return ADDRESS;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return ADDRESS;
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("A stream is not bound");
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }
}
