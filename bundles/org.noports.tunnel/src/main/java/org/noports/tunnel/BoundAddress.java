package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import org.noports.api.tunnel.LocalAddress;

/**
 * An address that is ours: of an entrance at the client's end, or of a reverse one at the device's.
 * It accepts nothing until it is told to.
 */
final class BoundAddress implements AutoCloseable {
  private final LocalAddress address;
  private final Channel listening;

  BoundAddress(LocalAddress address, Channel listening) {
    this.address = address;
    this.listening = listening;
  }

  /** With the port that was chosen. */
  LocalAddress address() {
    return address;
  }

  void accept(boolean on) {
    listening.config().setAutoRead(on);
  }

  ChannelFuture closed() {
    return listening.closeFuture();
  }

  /** Returns when the address is free, except on an I/O loop, which must not wait. */
  @Override
  public void close() {
    ChannelFuture closing = listening.close();
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      closing.awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }
}
