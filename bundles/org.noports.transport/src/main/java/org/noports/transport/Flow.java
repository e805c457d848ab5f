package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of a {@link Splice}: the last handler of the channel that it reads. */
final class Flow extends ChannelInboundHandlerAdapter {
  private final Splice splice;
  private final String name;
  private final Channel from;
  private final Channel to;
  private final AtomicLong bytes = new AtomicLong();
  private ChannelFuture lastWrite;
  private boolean ended;

  Flow(Splice splice, String name, Channel from, Channel to) {
    this.splice = splice;
    this.name = name;
    this.from = from;
    this.to = to;
  }

  String name() {
    return name;
  }

  Channel from() {
    return from;
  }

  long bytes() {
    return bytes.get();
  }

  void install() {
    from.pipeline().addLast(this);
    from.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended || !to.isOpen()) {
      ReferenceCountUtil.release(message);
      return;
    }
    // One thread writes, others only look: no need for an atomic addition.
    bytes.lazySet(bytes.get() + ((ByteBuf) message).readableBytes());
    lastWrite = to.write(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    ChannelFuture write = lastWrite;
    lastWrite = null;
    if (write == null) {
      readOn(context);
      return;
    }
    to.flush();
    if (write.isSuccess()) {
      readOn(context);
    } else {
      write.addListener(
          done -> {
            if (done.isSuccess()) {
              readOn(context);
            } else {
              // Whoever cannot be written to is closed by Netty; this makes sure of it.

              to.close();
            }
          });
    }
  }

  private void readOn(ChannelHandlerContext context) {
    if (!ended) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
      end();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      Closing.endOutput(to).addListener(done -> splice.directionEnded());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean refused = bytes() == 0 && cause instanceof IOException;
    splice.over(name + " failed: " + Reason.of(cause), refused);
    from.close();
  }
}
