package org.noports.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Moves a channel from its event loop to another; nothing that was received meanwhile is lost. */
final class LoopChange {
  private LoopChange() {}

  /** Completes on {@code loop}; the channel must not be read from or written to until then. */
  static CompletableFuture<Channel> move(Channel channel, EventLoop loop) {
    var moved = new CompletableFuture<Channel>();
    if (channel.isRegistered() && channel.eventLoop() == loop) {
      if (loop.inEventLoop()) {
        moved.complete(channel);
      } else {
        loop.execute(() -> moved.complete(channel));
      }
    } else if (channel.isRegistered()) {
      channel.deregister().addListener(left -> arrive(left, channel, loop, moved));
    } else {
      loop.register(channel).addListener(arrived -> finish(arrived, channel, moved));
    }
    return moved;
  }

  private static void arrive(
      Future<?> left, Channel channel, EventLoop loop, CompletableFuture<Channel> moved) {
    if (left.isSuccess()) {
      loop.register(channel).addListener(arrived -> finish(arrived, channel, moved));
    } else {
      finish(left, channel, moved);
    }
  }

  private static void finish(Future<?> step, Channel channel, CompletableFuture<Channel> moved) {
    if (step.isSuccess()) {
      LoopGroup.settle(channel);
      moved.complete(channel);
    } else {
      boolean gone = !channel.isOpen();
      channel.close();
      moved.completeExceptionally(
          gone
              ? new EarlyReset(step.cause())
              : new IOException("The channel could not change its thread", step.cause()));
    }
  }
}
