package org.noports.transport;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * How much the flows of one event loop hold for readers that do not take it. While it is much,
 * reads stay small: a thousand stalled readers then cost a thousand times 16 KiB and not 256.
 */
final class HeldBytes {
  private static final long MUCH = 8 << 20;

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
    return held > MUCH ? ReadSizes.SMALLEST : ReadSizes.LARGEST;
  }
}
