package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Gives bytes that were read too early to whoever reads next, then leaves the pipeline: what
 * authentication has read beyond its line goes out first. Put it where the early reader stood.
 *
 * <p>Each channel of ours begins with an empty one: what a failing connection makes Netty read
 * although nobody asked would be lost without a reader.
 */
public final class PushBack extends ChannelDuplexHandler {
  private final Queue<ByteBuf> early = new ArrayDeque<>();
  private boolean ended;
  private boolean asked;
  private boolean given;

  /** Holds what comes before the first read. */
  public PushBack() {
    this(List.of(), false);
  }

  /**
   * Takes over {@code early}.
   *
   * @param ended whether the far side has ended its output behind them
   */
  public PushBack(Iterable<ByteBuf> early, boolean ended) {
    early.forEach(this.early::add);
    this.ended = ended;
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (given) {
      context.read();
    } else if (early.isEmpty() && !ended) {
      given = true;
      context.read();
      context.pipeline().remove(this);
    } else if (!asked) {
      asked = true;
      // Not from inside the reader's own call: it may not be ready for an answer yet.
      context.executor().execute(() -> giveBack(context));
    }
  }

  private void giveBack(ChannelHandlerContext context) {
    if (context.isRemoved()) {
      return;
    }
    given = true;
    boolean any = !early.isEmpty();
    while (!early.isEmpty()) {
      context.fireChannelRead(early.poll());
    }
    boolean last = ended;
    if (last) {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    if (any) {
      context.fireChannelReadComplete();
    }
    if (!last && (!any || context.channel().config().isAutoRead())) {
      // Netty reads on by itself only behind what came from the network just now.
      context.read();
    }
    if (!context.isRemoved()) {
      context.pipeline().remove(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (given) {
      context.fireChannelRead(message);
    } else {
      early.add((ByteBuf) message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (given) {
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!given && isEnd(event)) {
      ended = true;
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private static boolean isEnd(Object event) {
    return event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
  }

  /** Nobody is there yet to be told; whoever reads or writes next will find it closed. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    while (!early.isEmpty()) {
      early.poll().release();
    }
  }
}
