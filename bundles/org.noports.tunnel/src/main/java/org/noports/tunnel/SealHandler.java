package org.noports.tunnel;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.noports.api.cipher.KeyStream;

/**
 * Clear to sealed, on its way to the relay. Length and order stay: the wire has no frames
 * (docs/protocol/noports.md 4.5).
 */
final class SealHandler extends ChannelOutboundHandlerAdapter {
  private final KeyStream keys;
  private final Meter meter;

  SealHandler(KeyStream keys, Meter meter) {
    this.keys = requireNonNull(keys, "keys is null");
    this.meter = requireNonNull(meter, "meter is null");
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ByteBuf clear = (ByteBuf) message;
    int length = clear.readableBytes();
    context.write(inPlace(clear) ? sealInPlace(clear) : sealCopy(context, clear), promise);
    meter.sent(length);
  }

  /** What came from a socket and has no other reader is ours to overwrite. */
  private static boolean inPlace(ByteBuf clear) {
    return clear.isDirect() && !clear.isReadOnly() && clear.refCnt() == 1;
  }

  private ByteBuf sealInPlace(ByteBuf clear) {
    try {
      Scratch.transform(keys, clear, clear, clear.readerIndex());
      return clear;
    } catch (RuntimeException e) {
      clear.release();
      throw e;
    }
  }

  private ByteBuf sealCopy(ChannelHandlerContext context, ByteBuf clear) {
    int length = clear.readableBytes();
    ByteBuf sealed = context.alloc().directBuffer(length, length);
    try {
      Scratch.transform(keys, clear, sealed, 0);
      return sealed.writerIndex(length);
    } catch (RuntimeException e) {
      sealed.release();
      throw e;
    } finally {
      clear.release();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    keys.close();
  }
}
