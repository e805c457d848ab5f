package org.noports.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's waiting for I/O with a fault of 4.2.18 mended: a loop that ends closes its channels, then
 * runs the tasks that are left. One of them may bring a channel that another loop has just
 * accepted: it would stay open with nobody to read it, and its peer would wait for ever. So
 * channels are closed once more at the very end, and told so.
 */
record ClosingLast(IoHandler io, ThreadAwareExecutor loop) implements IoHandler {
  static IoHandlerFactory around(IoHandlerFactory factory) {
    return executor -> new ClosingLast(factory.newHandler(executor), executor);
  }

  @Override
  public void destroy() {
    io.prepareToDestroy();
    ((LastingLoop) loop).finish();
    io.destroy();
  }

  @Override
  public void initialize() {
    io.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return io.run(context);
  }

  @Override
  public void prepareToDestroy() {
    io.prepareToDestroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return io.register(handle);
  }

  @Override
  public void wakeup() {
    io.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return io.isCompatible(handleType);
  }
}
