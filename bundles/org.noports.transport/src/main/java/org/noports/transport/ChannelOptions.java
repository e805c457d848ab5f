package org.noports.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.util.function.Consumer;

/** The options that every channel of ours has, in one place. */
final class ChannelOptions {
  private static final int BACKLOG = 1024;

  private ChannelOptions() {}

  static ServerBootstrap listener(
      EventLoopGroup group,
      ChannelFactory<? extends ServerChannel> factory,
      Consumer<Channel> accepted) {
    return new ServerBootstrap()
        .group(group)
        .channelFactory(factory)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                LoopGroup.settle(channel);
                channel.config().setRecvByteBufAllocator(new ReadSizes());
                channel.pipeline().addLast(new PushBack());
                accepted.accept(channel);
              }
            });
  }

  static Bootstrap dialler(EventLoop loop, ChannelFactory<? extends Channel> factory) {
    return new Bootstrap()
        .group(loop)
        .channelFactory(factory)
        .option(ChannelOption.ALLOCATOR, LoopGroup.memory(loop))
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
        .handler(new PushBack());
  }

  /** What only TCP knows: small writes go out at once, and a peer that vanished is found. */
  static void tcp(Channel channel) {
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
  }
}
