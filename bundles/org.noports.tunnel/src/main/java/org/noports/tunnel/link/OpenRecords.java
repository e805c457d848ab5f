package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.ByteBuffer;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/**
 * Sealed to clear, record by record as they lie in what was read: one copy into the array from
 * which is opened, one back to where it lay. Only a record that comes in pieces waits, in the array
 * it is opened from.
 */
final class OpenRecords extends ChannelInboundHandlerAdapter {
  /** Smaller content gets memory of its own: a slice would hold the whole of what was read. */
  private static final int WORTH_A_SLICE = 4096;

  private final Opening keys;
  private final RecordSink sink;
  private final long mostBytes;
  private ByteBuffer start = ByteBuffer.allocate(LinkPreface.LENGTH);
  private boolean greeted;
  private int header;
  private int sealed;
  private ByteBuffer part;

  /**
   * @param ratchetBytes how many clear bytes a key may have served when another record comes
   */
  OpenRecords(Opening keys, RecordSink sink, long ratchetBytes) {
    this.keys = keys;
    this.sink = sink;
    // The sender ratchets before the record that follows the one that reached the limit.
    this.mostBytes = ratchetBytes + RecordHeader.MAX_CLEAR;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    if (!greeted) {
      sink.begun();
    }
    try {
      while (in.isReadable() && !keys.closed()) {
        if (start.hasRemaining()) {
          begin(in);
        } else {
          content(context, in);
        }
      }
    } finally {
      in.release();
    }
  }

  /** The preface once, and the header of each record. */
  private void begin(ByteBuf in) throws ProtocolViolation {
    int limit = start.limit();
    start.limit(Math.min(limit, start.position() + in.readableBytes()));
    in.readBytes(start);
    start.limit(limit);
    if (start.hasRemaining()) {
      return;
    }
    if (!greeted) {
      greeted = true;
      sink.preface(LinkPreface.read(start.array()));
      start = ByteBuffer.allocate(RecordHeader.LENGTH);
      return;
    }
    header = start.getInt(0);
    RecordHeader.check(header, keys.tag());
    sealed = RecordHeader.sealed(header);
  }

  private void content(ChannelHandlerContext context, ByteBuf in)
      throws ProtocolViolation, CipherUnavailable {
    if (part == null && in.readableBytes() >= sealed) {
      ByteBuffer whole = LinkScratch.get().in.clear().limit(sealed);
      int at = in.readerIndex();
      in.readBytes(whole);
      open(context, whole.flip(), in, at);
      return;
    }
    if (part == null) {
      part = LinkScratch.get().borrow();
      part.limit(sealed);
    }
    int at = in.readerIndex();
    part.limit(Math.min(sealed, part.position() + in.readableBytes()));
    in.readBytes(part);
    if (part.position() == sealed) {
      ByteBuffer whole = part.flip();
      part = null;
      open(context, whole, in.slice(at, in.readerIndex() - at), 0);
      LinkScratch.get().giveBack(whole);
    }
  }

  /** Opens a record; its content may be put into {@code room} at {@code at}, if it fits there. */
  private void open(ChannelHandlerContext context, ByteBuffer whole, ByteBuf room, int at)
      throws ProtocolViolation, CipherUnavailable {
    start.clear();
    RecordType type = RecordHeader.type(header);
    if (type == RecordType.LEAVE) {
      sink.leave(bytes(whole));
      return;
    }
    if (keys.stopped()) {
      // Sent before the other end heard that this cipher is left; it sends it again.
      return;
    }
    ByteBuffer clear = LinkScratch.get().out;
    try {
      keys.open(header, whole, clear);
    } catch (ProtocolViolation e) {
      throw new ProtocolViolation(
          "Record "
              + keys.records()
              + " is not what the other end sealed there: it was changed, lost, repeated or put in"
              + " on its way through the relay",
          e);
    }
    if (keys.served() > mostBytes) {
      throw new ProtocolViolation("The other end has not changed a key that has served its time");
    }
    if (type == RecordType.DATA) {
      sink.data(data(context, clear, room, at));
    } else {
      sink.control(type, bytes(clear));
    }
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  private static ByteBuf data(
      ChannelHandlerContext context, ByteBuffer clear, ByteBuf room, int at) {
    int length = clear.remaining();
    if (length == 0) {
      return Unpooled.EMPTY_BUFFER;
    }
    if (length < WORTH_A_SLICE || at + length > room.capacity() || room.isReadOnly()) {
      return context.alloc().directBuffer(length, length).writeBytes(clear);
    }
    return room.setBytes(at, clear).retainedSlice(at, length);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!keys.closed()) {
      sink.readComplete();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      sink.inputEnded();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    sink.writabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    sink.failed(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sink.inputEnded();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    part = null;
    keys.close();
  }
}
