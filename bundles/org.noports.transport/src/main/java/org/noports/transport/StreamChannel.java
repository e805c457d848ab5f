package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.RejectedExecutionException;
import org.noports.api.stream.ByteStream;

/**
 * A Netty channel that carries somebody else's {@link ByteStream}: so that a transport from a third
 * party can be spliced like a socket. One read and one write under way at a time, as the stream
 * demands.
 */
final class StreamChannel extends SocketlessChannel {
  private final ByteStream stream;
  private final ChannelConfig config =
      new DefaultChannelConfig(this).setRecvByteBufAllocator(new ReadSizes()).setAutoRead(false);
  private boolean reading;
  private boolean writing;

  StreamChannel(ByteStream stream) {
    super("stream");
    this.stream = requireNonNull(stream, "stream is null");
    stream.closed().whenComplete((v, e) -> onLoop(() -> unsafe().close(voidPromise())));
  }

  @Override
  protected void gone() {
    stream.close();
  }

  @Override
  protected ChannelFuture endOutput(boolean first, ChannelPromise promise) {
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
  protected void doBeginRead() {
    if (reading || isInputShutdown()) {
      return;
    }
    reading = true;
    var handle = unsafe().recvBufAllocHandle();
    handle.reset(config);
    ByteBuf buffer = handle.allocate(alloc());
    handle.attemptedBytesRead(buffer.writableBytes());
    stream
        .read(buffer.nioBuffer(buffer.writerIndex(), buffer.writableBytes()))
        .whenComplete(
            (count, failure) -> {
              if (!onLoop(() -> received(buffer, count, failure))) {
                buffer.release();
              }
            });
  }

  private void received(ByteBuf buffer, Integer count, Throwable failure) {
    reading = false;
    if (failure != null) {
      buffer.release();
      pipeline().fireExceptionCaught(failure);
      unsafe().close(voidPromise());
    } else if (count < 0) {
      buffer.release();
      inputEnded();
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      unsafe().recvBufAllocHandle().lastBytesRead(count);
      unsafe().recvBufAllocHandle().readComplete();
      pipeline().fireChannelRead(buffer.writerIndex(buffer.writerIndex() + count));
      pipeline().fireChannelReadComplete();
      if (config.isAutoRead()) {
        read();
      }
    }
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    while (!writing && out.current() instanceof ByteBuf buffer) {
      if (!buffer.isReadable()) {
        out.remove();
        continue;
      }
      writing = true;
      // Closing the channel releases what waits, but the stream may still be at it.
      buffer.retain();
      stream
          .write(buffer.nioBuffer())
          .whenComplete(
              (done, failure) -> {
                if (!onLoop(() -> written(out, buffer, failure))) {
                  buffer.release();
                }
              });
    }
  }

  private void written(ChannelOutboundBuffer out, ByteBuf buffer, Throwable failure) {
    writing = false;
    if (out.current() == buffer) {
      if (failure == null) {
        out.remove();
      } else {
        out.remove(failure);
      }
    }
    buffer.release();
    if (failure == null) {
      ((StreamUnsafe) unsafe()).more();
    } else {
      unsafe().close(voidPromise());
    }
  }

  /** Runs on our loop, later rather than within a caller's frame; false if there is none. */
  private boolean onLoop(Runnable task) {
    try {
      if (isRegistered()) {
        eventLoop().execute(task);
        return true;
      }
    } catch (RejectedExecutionException e) {
      // The loops are closed, and this channel with them.
    }
    return false;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new StreamUnsafe();
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  private final class StreamUnsafe extends ConnectedUnsafe {
    void more() {
      flush0();
    }
  }
}
