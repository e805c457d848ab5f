package org.noports.transport;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * How much the flows of one event loop hold for readers that do not take it. While it is much,
 * reads stay small: a thousand stalled readers then cost a thousand times 8 KiB and not 256. What
 * the kernel moves is not held here.
 */
final class HeldBytes {
  private static final long MUCH = 2 << 20;

  private static final int SMALL = 8 * 1024;

  private static final FastThreadLocal<HeldBytes> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected HeldBytes initialValue() {
          return new HeldBytes();
        }
      };

  private long held;

  /** Those of the loop that this is called on. */
  static HeldBytes ofLoop() {
    return OF_LOOP.get();
  }

  void add(long bytes) {
    held += bytes;
  }

  /** How large a read may be now. */
  int mostToRead() {
    return held > MUCH ? SMALL : ReadSizes.LARGEST;
  }
}
