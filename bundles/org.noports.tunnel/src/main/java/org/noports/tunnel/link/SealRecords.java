package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.noports.api.CipherUnavailable;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/**
 * Clear to sealed: gathers what is written into records as large as they may be, and seals them
 * when one is full or when it is to be flushed. Any other record goes behind the data before it.
 */
final class SealRecords extends ChannelOutboundHandlerAdapter {
  private final Sealing keys;
  private final long ratchetBytes;
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private int clearBytes;

  /** Takes our direction to its next key. */
  static final Control RATCHET = new Control(RecordType.REKEY, new KeyChange.Ratchet().bytes());

  /** A record that is not data. */
  record Control(RecordType type, byte[] content) {}

  /** A record that is not sealed: it says that what there is to seal with is left. */
  record Clear(byte[] content) {}

  SealRecords(Sealing keys, long ratchetBytes) {
    this.keys = keys;
    this.ratchetBytes = ratchetBytes;
  }

  /** Data has no promise of its own: it leaves with other data, and fails with the link. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof Clear clear && !keys.closed()) {
      send(context, clear);
    } else if (keys.closed() || keys.stopped()) {
      ReferenceCountUtil.release(message);
      context.write(Unpooled.EMPTY_BUFFER, promise);
    } else if (message instanceof ByteBuf clear) {
      clearBytes += clear.readableBytes();
      waiting.add(clear);
      while (clearBytes >= RecordHeader.MAX_CLEAR) {
        sealData(context, RecordHeader.MAX_CLEAR);
      }
    } else {
      sealWaiting(context);
      seal(context, (Control) message);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    try {
      sealWaiting(context);
    } catch (CipherUnavailable | RuntimeException e) {
      // A flush has no promise that would tell; what reads the link ends it.
      context.pipeline().fireExceptionCaught(e);
      return;
    }
    context.flush();
  }

  private void sealWaiting(ChannelHandlerContext context) throws CipherUnavailable {
    if (clearBytes > 0 && !keys.closed() && !keys.stopped()) {
      sealData(context, clearBytes);
    }
  }

  private void sealData(ChannelHandlerContext context, int length) throws CipherUnavailable {
    if (keys.served() >= ratchetBytes) {
      seal(context, RATCHET);
    }
    ByteBuffer clear = LinkScratch.get().in.clear().limit(length);
    while (clear.hasRemaining()) {
      ByteBuf first = waiting.element();
      int size = Math.min(first.readableBytes(), clear.remaining());
      int limit = clear.limit();
      first.readBytes(clear.limit(clear.position() + size));
      clear.limit(limit);
      if (!first.isReadable()) {
        waiting.remove().release();
      }
    }
    clearBytes -= length;
    seal(context, RecordType.DATA, clear.flip());
  }

  /** What waits is not to be sealed any more once the cipher is left: the session has it. */
  private void send(ChannelHandlerContext context, Clear record) throws CipherUnavailable {
    if (keys.stopped()) {
      releaseWaiting();
    }
    sealWaiting(context);
    int length = RecordHeader.LENGTH + record.content.length;
    context.write(
        context
            .alloc()
            .directBuffer(length, length)
            .writeInt(RecordHeader.of(record.content.length, RecordType.LEAVE))
            .writeBytes(record.content),
        context.voidPromise());
  }

  private void releaseWaiting() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    clearBytes = 0;
  }

  private void seal(ChannelHandlerContext context, Control control) throws CipherUnavailable {
    ByteBuffer clear = LinkScratch.get().in.clear();
    seal(context, control.type, clear.put(control.content).flip());
    if (control == RATCHET) {
      keys.ratchet();
    }
  }

  private void seal(ChannelHandlerContext context, RecordType type, ByteBuffer clear) {
    ByteBuffer record = LinkScratch.get().out;
    keys.seal(type, clear, record);
    int length = record.remaining();
    ByteBuf sealed = context.alloc().directBuffer(length, length).writeBytes(record);
    context.write(sealed, context.voidPromise());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    releaseWaiting();
    keys.close();
  }
}
