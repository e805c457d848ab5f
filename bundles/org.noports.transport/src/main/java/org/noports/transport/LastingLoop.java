package org.noports.transport;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * A loop that does what its channels still have to do when the last of them is closed. Netty takes
 * no task any more by then, also none of the loop's own, and a channel that is closed tells its
 * handlers so in a task: they would never hear of its end.
 */
final class LastingLoop extends SingleThreadIoEventLoop {
  private final Queue<Runnable> last = new ArrayDeque<>();
  private boolean over;

  LastingLoop(
      IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers, long workMillis) {
    super(
        parent,
        executor,
        handlers,
        Integer.MAX_VALUE,
        RejectedExecutionHandlers.reject(),
        workMillis);
  }

  @Override
  public void execute(Runnable task) {
    if (isShutdown() && inEventLoop() && !over) {
      last.add(task);
    } else {
      super.execute(task);
    }
  }

  /** The channels are closed: what that has left to do is done now. On the loop. */
  void finish() {
    for (Runnable task = last.poll(); task != null; task = last.poll()) {
      safeExecute(task);
    }
    over = true;
  }
}
