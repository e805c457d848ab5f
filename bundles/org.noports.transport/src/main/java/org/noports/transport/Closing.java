package org.noports.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** The ways to end a channel, with what was written before either delivered or given up. */
public final class Closing {
  private static final int PATIENCE_SECONDS = 10;

  private Closing() {}

  /**
   * Ends our output once all that was written before has gone out: TLS's closing alert where there
   * is TLS, then TCP's FIN; on a WebSocket, which has no half-close, its mark for that. Reading
   * goes on. Call it on the channel's loop.
   */
  public static ChannelFuture endOutput(Channel channel) {
    WebSocketFrames webSocket = channel.pipeline().get(WebSocketFrames.class);
    return webSocket == null ? endConnection(channel) : webSocket.endOutput();
  }

  private static ChannelFuture endConnection(Channel channel) {
    var ended = channel.newPromise();
    // Netty drops writes that wait when the output is shut down: ask behind the last of them.
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              SslHandler tls = channel.pipeline().get(SslHandler.class);
              if (tls == null) {
                shutdownOutput(channel).addListener(f -> ended.trySuccess());
              } else {
                tls.closeOutbound()
                    .addListener(f -> shutdownOutput(channel).addListener(g -> ended.trySuccess()));
              }
            });
    return ended;
  }

  private static ChannelFuture shutdownOutput(Channel channel) {
    return channel instanceof DuplexChannel duplex ? duplex.shutdownOutput() : channel.close();
  }

  /** Closes once all that was written before has gone out, or after ten seconds without that. */
  public static ChannelFuture afterWrites(Channel channel) {
    if (!channel.isActive() || !channel.isRegistered()) {
      return channel.close();
    }
    var alarm =
        channel.eventLoop().schedule(() -> channel.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> alarm.cancel(false));
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    return channel.closeFuture();
  }

  /** Closes at once so that the far side sees a failure (TCP's RST), not an orderly end. */
  public static ChannelFuture reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    return channel.close();
  }
}
