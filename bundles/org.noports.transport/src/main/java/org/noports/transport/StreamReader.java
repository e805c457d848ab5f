package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** The reading half of a {@link ChannelStream}: keeps what came unasked until it is asked for. */
final class StreamReader extends ChannelInboundHandlerAdapter {
  private final Deque<ByteBuf> received = new ArrayDeque<>();
  private boolean ended;
  private Throwable failure;
  private ByteBuffer destination;
  private CompletableFuture<Integer> asked;

  /** Answers at once if it can; true if the channel must be read for it. */
  boolean ask(ByteBuffer into, CompletableFuture<Integer> result) {
    if (asked != null) {
      result.completeExceptionally(new IllegalStateException("A read is under way already"));
      return false;
    }
    destination = into;
    asked = result;
    answer();
    return asked != null;
  }

  /** Leaves the pipeline and puts what nobody has read in its own place. */
  void leave(ChannelPipeline pipeline) {
    if (pipeline.context(this) == null) {
      return;
    }
    var early = new ArrayDeque<>(received);
    received.clear();
    pipeline.replace(this, null, new PushBack(early, ended));
  }

  private void answer() {
    if (asked == null || (received.isEmpty() && !ended && failure == null)) {
      return;
    }
    CompletableFuture<Integer> result = asked;
    ByteBuffer into = destination;
    asked = null;
    destination = null;
    if (!received.isEmpty()) {
      result.complete(transfer(into));
    } else if (ended) {
      result.complete(-1);
    } else {
      result.completeExceptionally(ChannelStream.failed(failure));
    }
  }

  private int transfer(ByteBuffer into) {
    int before = into.remaining();
    int limit = into.limit();
    while (into.hasRemaining() && !received.isEmpty()) {
      ByteBuf first = received.peek();
      into.limit(into.position() + Math.min(into.remaining(), first.readableBytes()));
      first.readBytes(into);
      into.limit(limit);
      if (!first.isReadable()) {
        received.poll().release();
      }
    }
    return before - into.remaining();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf data = (ByteBuf) message;
    if (data.isReadable()) {
      received.add(data);
    } else {
      data.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (asked != null && received.isEmpty() && !ended && failure == null) {
      context.read();
    }
    answer();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
      ended = true;
      answer();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure = cause;
    answer();
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (failure == null) {
      failure = new IOException("it was closed");
    }
    answer();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    while (!received.isEmpty()) {
      received.poll().release();
    }
    failure = failure == null ? new IOException("its channel was taken over") : failure;
    answer();
  }
}
