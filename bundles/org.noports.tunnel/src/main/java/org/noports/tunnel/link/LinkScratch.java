package org.noports.tunnel.link;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.noports.protocol.np2.RecordHeader;

/**
 * Heap arrays that all links of an I/O thread share: the JDK's ciphers are at full speed only from
 * one heap array to another, never in place and not on the network's direct memory.
 */
final class LinkScratch {
  /** Room for a record with header and any tag. */
  static final int ROOM = RecordHeader.LENGTH + RecordHeader.MAX_CLEAR + 64;

  /** More links than this seldom wait for the rest of a record at once. */
  private static final int KEPT = 8;

  private static final FastThreadLocal<LinkScratch> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected LinkScratch initialValue() {
          return new LinkScratch();
        }
      };

  final ByteBuffer in = ByteBuffer.allocate(ROOM);
  final ByteBuffer out = ByteBuffer.allocate(ROOM);
  private final Deque<ByteBuffer> spare = new ArrayDeque<>();

  private LinkScratch() {}

  static LinkScratch get() {
    return OF_THREAD.get();
  }

  /** For a record of which only a part has come. */
  ByteBuffer borrow() {
    ByteBuffer kept = spare.poll();
    return kept == null ? ByteBuffer.allocate(ROOM) : kept.clear();
  }

  void giveBack(ByteBuffer borrowed) {
    if (spare.size() < KEPT) {
      spare.push(borrowed);
    }
  }
}
