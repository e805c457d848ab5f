package org.noports.transport;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import org.noports.api.stream.ByteStream;

/** What of {@link StreamChannel} is about being open and half-closed. */
abstract class DuplexStreamChannel extends AbstractChannel implements DuplexChannel {
  final ByteStream stream;
  private volatile boolean open = true;
  private volatile boolean inputShutdown;
  private volatile boolean outputShutdown;

  DuplexStreamChannel(ByteStream stream) {
    super(null);
    this.stream = stream;
  }

  void inputEnded() {
    inputShutdown = true;
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    open = false;
    stream.close();
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
  public boolean isInputShutdown() {
    return inputShutdown;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    stream
        .endOutput()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                promise.trySuccess();
              } else {
                promise.tryFailure(failure);
              }
            });
    return promise;
  }

  @Override
  public boolean isShutdown() {
    return inputShutdown && outputShutdown;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }
}
