package org.noports.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Stands last while TLS is set up: closes on a failure, which the hand-shake's future reports. */
final class Quiet extends ChannelInboundHandlerAdapter {
  /** Half-close is kept, but who ends its side now has no hand-shake to finish. */
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
