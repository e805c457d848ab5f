package org.noports.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Loops that look at their sockets at least once in a millisecond of work. Netty lets tasks that
 * make tasks go on for a second, and a connection with much to say would be such a one: meanwhile
 * no other would be read.
 */
final class LoopGroup extends MultiThreadIoEventLoopGroup {
  private static final long WORK_MILLIS = 1;

  private final ByteBufAllocator memory;

  LoopGroup(
      int threads, ThreadFactory factory, IoHandlerFactory handlers, ByteBufAllocator memory) {
    super(threads, factory, ClosingLast.around(handlers));
    this.memory = memory;
  }

  /** Where channels of a loop have their bytes. */
  static ByteBufAllocator memory(EventLoop loop) {
    return loop.parent() instanceof LoopGroup ours ? ours.memory : ByteBufAllocator.DEFAULT;
  }

  /** From now on {@code channel} has its bytes where its loop has them. */
  static void settle(Channel channel) {
    channel.config().setAllocator(memory(channel.eventLoop()));
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... none) {
    return new LastingLoop(this, executor, handlers, WORK_MILLIS);
  }
}
