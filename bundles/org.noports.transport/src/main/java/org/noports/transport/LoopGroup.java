package org.noports.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Loops that look at their sockets at least once in a millisecond of work. Netty lets tasks that
 * make tasks go on for a second, and a connection with much to say would be such a one: meanwhile
 * no other would be read.
 */
final class LoopGroup extends MultiThreadIoEventLoopGroup {
  private static final long WORK_MILLIS = 1;

  LoopGroup(int threads, ThreadFactory factory, IoHandlerFactory handlers) {
    super(threads, factory, handlers);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... none) {
    return new SingleThreadIoEventLoop(
        this,
        executor,
        handlers,
        Integer.MAX_VALUE,
        RejectedExecutionHandlers.reject(),
        WORK_MILLIS);
  }
}
