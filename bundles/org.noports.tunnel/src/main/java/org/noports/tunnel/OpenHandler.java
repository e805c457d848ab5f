package org.noports.tunnel;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.noports.api.cipher.KeyStream;

/**
 * Sealed to clear, as it comes from the relay. Nothing is authenticated at levels L0 and L1:
 * whatever arrives opens to something (docs/protocol/noports.md 4.5).
 */
final class OpenHandler extends ChannelInboundHandlerAdapter {
  private final KeyStream keys;
  private final Meter meter;

  OpenHandler(KeyStream keys, Meter meter) {
    this.keys = requireNonNull(keys, "keys is null");
    this.meter = requireNonNull(meter, "meter is null");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf sealed = (ByteBuf) message;
    meter.received(sealed.readableBytes());
    try {
      // It was read from the relay for us alone, so it can be opened where it lies.
      Scratch.transform(keys, sealed, sealed, sealed.readerIndex());
    } catch (RuntimeException e) {
      sealed.release();
      throw e;
    }
    context.fireChannelRead(sealed);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    keys.close();
  }
}
