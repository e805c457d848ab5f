package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * What every Netty channel of ours without a socket has: it is open from the start, keeps
 * half-close, and has one address. What carries its bytes is its subclass's.
 */
public abstract class SocketlessChannel extends AbstractChannel implements DuplexChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 1);

  private final SocketAddress address;
  private volatile boolean open = true;
  private volatile boolean inputShutdown;
  private volatile boolean outputShutdown;

  /**
   * An open channel.
   *
   * @param name what it is, for people who look at its address
   */
  protected SocketlessChannel(String name) {
    super(null);
    this.address = new LocalAddress(requireNonNull(name, "name is null"));
  }

  /** It is closed, in whatever state it was. Called once. */
  protected abstract void gone();

  /**
   * Our output ends behind all that was written.
   *
   * @param first whether it goes on until now
   * @param promise to be completed when that is done
   */
  protected abstract ChannelFuture endOutput(boolean first, ChannelPromise promise);

  /** The other side has ended its output. */
  protected final void inputEnded() {
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
  protected final void doDisconnect() {
    doClose();
  }

  @Override
  public final ChannelFuture shutdownOutput(ChannelPromise promise) {
    boolean first = !outputShutdown && open;
    outputShutdown = true;
    return endOutput(first, promise);
  }

  @Override
  public final ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public final ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }

  @Override
  public final ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public final ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public final ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public final boolean isInputShutdown() {
    return inputShutdown;
  }

  @Override
  public final boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public final boolean isShutdown() {
    return inputShutdown && outputShutdown;
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  @Override
  public final boolean isActive() {
    return open;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new ConnectedUnsafe();
  }

  @Override
  protected final SocketAddress localAddress0() {
    return address;
  }

  @Override
  protected final SocketAddress remoteAddress0() {
    return address;
  }

  @Override
  protected final void doBind(SocketAddress where) {
    throw new UnsupportedOperationException("A stream is not bound");
  }

  @Override
  public final ChannelMetadata metadata() {
    return METADATA;
  }

  /** Of a channel that is connected before anybody can ask for it. */
  protected class ConnectedUnsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      promise.setFailure(new IOException("A stream is connected already"));
    }
  }
}
