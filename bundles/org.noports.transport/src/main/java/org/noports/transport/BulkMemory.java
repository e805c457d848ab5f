package org.noports.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Where the bytes of channels lie. Netty's usual allocator gives chunks back and asks for others
 * all the time when a stream runs at full speed: a tenth of the work of a tunnel's end. So loops
 * for bulk keep theirs, 4 MiB for each processor at least; all others, those of a relay with
 * thousands of idle connections among them, stay with the usual one, which keeps less.
 */
final class BulkMemory {
  private static final int PAGE = 8 << 10;

  /** Chunks of 512 pages, 4 MiB: two sessions' bytes that wait for an acknowledgement. */
  private static final int CHUNK_ORDER = 9;

  /** Of small pieces a loop keeps so many of each size for itself, and of whole pages so many. */
  private static final int SMALL_KEPT = 256;

  private static final int PAGES_KEPT = 64;

  /** One for all, and none on the heap: what lies there the JVM keeps better. */
  static final ByteBufAllocator POOLED =
      new PooledByteBufAllocator(
          true,
          0,
          Runtime.getRuntime().availableProcessors(),
          PAGE,
          CHUNK_ORDER,
          SMALL_KEPT,
          PAGES_KEPT,
          false);

  private BulkMemory() {}
}
