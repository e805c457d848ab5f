package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Talks to a proxy on a connection to it. When it has connected us, a {@link PushBack} in this
 * handler's place gives back what the target has said already; the channel is the target's then.
 */
final class ProxyHandler extends ChannelInboundHandlerAdapter {
  private final ProxyTalk talk;
  private final long nanos;
  private final ByteBuf said = Unpooled.buffer();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean inputEnded;

  ProxyHandler(ProxyTalk talk, long nanos) {
    this.talk = talk;
    this.nanos = nanos;
  }

  /** Fails with an {@link IOException} whose message follows the proxy's name. */
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var alarm =
        context
            .executor()
            .schedule(
                () -> fail(context, "does not answer in time; is it one that speaks this?"),
                nanos,
                TimeUnit.NANOSECONDS);
    done.whenComplete((through, failure) -> alarm.cancel(false));
    try {
      send(context, talk.first());
      context.read();
    } catch (IllegalStateException e) {
      // The password was wiped between the route's answer and now.
      fail(context, "is being set anew; try again");
    }
  }

  private void send(ChannelHandlerContext context, byte[] bytes) {
    context
        .writeAndFlush(Unpooled.wrappedBuffer(bytes))
        // It may hold the password.
        .addListener(sent -> Arrays.fill(bytes, (byte) 0));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      said.writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (done.isDone()) {
      return;
    }
    try {
      Optional<byte[]> next = talk.next(said);
      while (next.isPresent()) {
        send(context, next.get());
        next = talk.next(said);
      }
      if (talk.isThrough()) {
        handOver(context);
      } else if (said.readableBytes() > ProxyTalk.LONGEST) {
        fail(context, "says too much; is it one that speaks this?");
      } else {
        context.read();
      }
    } catch (IOException e) {
      fail(context, e.getMessage());
    } catch (IllegalStateException e) {
      fail(context, "is being set anew; try again");
    }
  }

  private void handOver(ChannelHandlerContext context) {
    List<ByteBuf> beyond = said.isReadable() ? List.of(said.retainedSlice()) : List.of();
    context.pipeline().replace(this, "beyond the proxy", new PushBack(beyond, inputEnded));
    done.complete(null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      // What it said before may still be read to its end.
      context.executor().execute(() -> fail(context, "closed the connection"));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, "closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, "failed (" + Reason.of(cause) + ")");
  }

  private void fail(ChannelHandlerContext context, String clause) {
    if (done.completeExceptionally(new IOException(clause))) {
      context.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    said.release();
  }
}
