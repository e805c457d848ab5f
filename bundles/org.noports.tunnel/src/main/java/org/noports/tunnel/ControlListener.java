package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.function.Consumer;

/**
 * The last handler of a control channel: hands on what was opened, and closes the channel as soon
 * as the other side has ended it in whatever way.
 */
final class ControlListener extends ChannelInboundHandlerAdapter {
  private final Consumer<ByteBuf> heard;

  /**
   * A listener.
   *
   * @param heard is given each buffer and does not keep it
   */
  ControlListener(Consumer<ByteBuf> heard) {
    this.heard = heard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf data = (ByteBuf) message;
    try {
      heard.accept(data);
    } finally {
      data.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
