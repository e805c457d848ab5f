package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How much one channel reads at a time: from 16 KiB growing to 256 KiB while reads are filled, one
 * read per round, so that what a slow reader ahead can make us hold is one read, not sixteen. Each
 * channel has its own, because a {@link Flow} may want to be asked before each read.
 */
final class ReadSizes implements RecvByteBufAllocator {
  private static final int SMALLEST = 16 * 1024;
  static final int LARGEST = 256 * 1024;

  private static final AdaptiveRecvByteBufAllocator GROWING =
      growing(new AdaptiveRecvByteBufAllocator(SMALLEST, SMALLEST, LARGEST));

  private IntSupplier most = () -> LARGEST;

  private static AdaptiveRecvByteBufAllocator growing(AdaptiveRecvByteBufAllocator sizes) {
    sizes.maxMessagesPerRead(1);
    return sizes;
  }

  /**
   * Asks {@code most} before each read how large it may be, on the channel's loop, when there is
   * something to be read.
   */
  void beforeRead(IntSupplier most) {
    this.most = most;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has no other type for it.
  public Handle newHandle() {
    return new Asking((ExtendedHandle) GROWING.newHandle());
  }

  private final class Asking extends DelegatingHandle implements ExtendedHandle {
    private final ExtendedHandle growing;

    Asking(ExtendedHandle growing) {
      super(growing);
      this.growing = growing;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      int largest = most.getAsInt();
      return allocator.ioBuffer(Math.min(growing.guess(), largest));
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier more) {
      return growing.continueReading(more);
    }
  }
}
