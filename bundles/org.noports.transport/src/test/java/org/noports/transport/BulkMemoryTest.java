package org.noports.transport;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;

/** Whose bytes lie where. */
public class BulkMemoryTest {
  private final EventLoops usual = EventLoops.start("usual", 1);
  private final EventLoops bulk = EventLoops.startForBulk("bulk", 1);

  @After
  public void stop() {
    usual.close();
    bulk.close();
  }

  @Test
  public void whatBulkLoopsDialAndAcceptLiesInMemoryThatIsKept() throws Exception {
    try (Loopback port = new Loopback(bulk)) {
      Channel dialled = port.dial(bulk);
      Channel accepted = port.accept();
      assertTrue(dialled.alloc() instanceof PooledByteBufAllocator);
      assertEquals(dialled.alloc(), accepted.alloc());
      assertEquals(dialled.alloc(), EventLoops.memory(bulk.next()));
    }
  }

  @Test
  public void allOthersStayWithTheUsualAllocator() throws Exception {
    try (Loopback port = new Loopback(usual)) {
      assertEquals(ByteBufAllocator.DEFAULT, port.dial(usual).alloc());
      assertEquals(ByteBufAllocator.DEFAULT, port.accept().alloc());
      assertNotEquals(ByteBufAllocator.DEFAULT, EventLoops.memory(bulk.next()));
    }
  }

  @Test
  public void aChannelThatMovesHasItsBytesWhereItsNewLoopHasThem() throws Exception {
    try (Loopback port = new Loopback(usual)) {
      Channel channel = port.dial(usual);
      move(channel, bulk);
      assertEquals(EventLoops.memory(bulk.next()), channel.alloc());
      move(channel, usual);
      assertEquals(ByteBufAllocator.DEFAULT, channel.alloc());
    }
  }

  private static void move(Channel channel, EventLoops loops) throws Exception {
    EventLoops.move(channel, loops.next()).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
