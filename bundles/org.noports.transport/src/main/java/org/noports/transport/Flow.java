package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One direction of a {@link Splice}: the last handler of the channel that it reads. It copies; what
 * comes in bulk it leaves to {@link BulkFlow}.
 */
final class Flow extends ChannelInboundHandlerAdapter {
  private final Splice splice;
  private final String name;
  private final Channel from;
  private final Channel to;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong spliced = new AtomicLong();
  private final Pace pace;
  private final BulkFlow bulk;
  private Optional<ChannelFuture> lastWrite = Optional.empty();
  private int copied;
  private long pauseNanos;
  private boolean ended;

  Flow(Splice splice, String name, Channel from, Channel to, Pace pace) {
    this.splice = splice;
    this.name = name;
    this.from = from;
    this.to = to;
    this.pace = pace;
    this.bulk = new BulkFlow(from, to);
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

  long spliced() {
    return spliced.get();
  }

  void install() {
    from.pipeline().addLast(this);
    if (from.config().<RecvByteBufAllocator>getRecvByteBufAllocator() instanceof ReadSizes sizes) {
      sizes.beforeRead(this::beforeRead);
    }
    from.read();
  }

  /** Something has come: a bulk flow moves it here, and lets the read find what is behind it. */
  private int beforeRead() {
    if (ended || !bulk.promoted()) {
      return HeldBytes.ofLoop().mostToRead();
    }
    if (lastWrite.isEmpty() && pauseNanos == 0 && bulk.nothingWaits()) {
      bulk.move().ifPresent(this::spliced);
    }
    return BulkFlow.READ_BEHIND;
  }

  private void spliced(BulkFlow.Moved moved) {
    spliced.lazySet(spliced.get() + moved.bytes());
    sent(moved.bytes());
    lastWrite = moved.write();
  }

  private void sent(long moved) {
    // One thread writes, others only look: no need for an atomic addition.
    bytes.lazySet(bytes.get() + moved);
    bulk.moved(moved);
    pauseNanos = Math.max(pauseNanos, pace.moved(moved));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended || !to.isOpen()) {
      ReferenceCountUtil.release(message);
      return;
    }
    int length = ((ByteBuf) message).readableBytes();
    lastWrite = Optional.of(to.write(message));
    sent(length);
    copied += length;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (copied > 0) {
      to.flush();
    }
    lastWrite
        .filter(write -> !write.isSuccess())
        .ifPresentOrElse(write -> await(context, write), () -> readOn(context));
    copied = 0;
  }

  /** The target takes no more for now: what was copied is held until it does. */
  private void await(ChannelHandlerContext context, ChannelFuture write) {
    HeldBytes held = HeldBytes.ofLoop();
    long waiting = copied;
    held.add(waiting);
    write.addListener(
        done -> {
          held.add(-waiting);
          if (!done.isSuccess()) {
            // Whoever cannot be written to is closed by Netty; this makes sure of it.
            to.close();
          } else if (lastWrite.equals(Optional.of(write))) {
            readOn(context);
          }
        });
  }

  private void readOn(ChannelHandlerContext context) {
    lastWrite = Optional.empty();
    if (pauseNanos > 0 && !ended) {
      context.executor().schedule(() -> pauseOver(context), pauseNanos, TimeUnit.NANOSECONDS);
    } else if (!ended) {
      context.read();
    }
  }

  private void pauseOver(ChannelHandlerContext context) {
    pauseNanos = 0;
    if (!ended && !context.isRemoved()) {
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
    boolean refused =
        cause instanceof StreamReset || (bytes() == 0 && cause instanceof IOException);
    splice.over(name + " failed: " + Reason.of(cause), refused);
    from.close();
  }
}
