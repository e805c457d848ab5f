package org.noports.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.Test;

/** How much a pipe holds on its way from one socket to another. */
public class PipeSizeTest {
  private static final int PIECE = 4096;

  @Test
  public void aLargerPipeIsAskedForWhereJavaCanAsk() {
    boolean canAsk = Runtime.version().feature() >= 22;
    assertThat(PipeSize.most(), is(canAsk ? 1 << 20 : 64 << 10));
  }

  @Test
  public void aPipeThatWasAskedToGrowHoldsNoLess() throws Exception {
    assertThat("netty's native part", Epoll.isAvailable(), is(true));
    FileDescriptor[] usual = FileDescriptor.pipe();
    FileDescriptor[] large = FileDescriptor.pipe();
    try {
      PipeSize.enlarge(large[1]);
      assertThat(held(large[1]), greaterThanOrEqualTo(held(usual[1])));
    } finally {
      for (FileDescriptor end : new FileDescriptor[] {usual[0], usual[1], large[0], large[1]}) {
        end.close();
      }
    }
  }

  /** What it takes until it would block. */
  private static int held(FileDescriptor in) throws IOException {
    int held = 0;
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (int taken = in.write(piece, 0, PIECE);
        taken > 0 && held < 4 << 20;
        taken = in.write(piece, 0, PIECE)) {
      held += taken;
    }
    return held;
  }
}
