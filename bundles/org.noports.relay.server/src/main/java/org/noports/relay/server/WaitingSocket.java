package org.noports.relay.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The last handler of a socket until it is joined: a peer that breaks off while it waits is nothing
 * to report, its counterpart will be told.
 */
@ChannelHandler.Sharable
final class WaitingSocket extends ChannelInboundHandlerAdapter {
  static final WaitingSocket HANDLER = new WaitingSocket();

  private WaitingSocket() {}

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
