package org.noports.tunnel.session;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import org.noports.transport.LoopBound;
import org.noports.transport.SocketlessChannel;

/** What of {@link MultiplexedStream} is about the session's thread and the end of its output. */
abstract class HalfClosable extends SocketlessChannel implements LoopBound {
  private final ChannelConfig config = new DefaultChannelConfig(this).setAutoRead(false);
  private final EventLoop loop;

  HalfClosable(EventLoop loop) {
    super("np2");
    this.loop = loop;
  }

  /** Our output has ended behind all that was written. */
  abstract void outputEnded();

  @Override
  protected final ChannelFuture endOutput(boolean first, ChannelPromise promise) {
    if (first) {
      outputEnded();
    }
    return promise.setSuccess();
  }

  /** A session has one thread, and its streams live on it. */
  @Override
  protected final boolean isCompatible(EventLoop other) {
    return other == loop;
  }

  @Override
  public final ChannelConfig config() {
    return config;
  }
}
