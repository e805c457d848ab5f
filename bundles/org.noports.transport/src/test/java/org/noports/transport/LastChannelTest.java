package org.noports.transport;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** Loops that end close all channels, also one that comes while they do. */
public class LastChannelTest {
  @Test
  public void aChannelThatComesWhenTheOthersAreClosedIsClosedToo() throws Exception {
    closesTheLast(Kind.best());
  }

  @Test
  public void soItIsWithTheJdksSelectors() throws Exception {
    closesTheLast(Kind.NIO);
  }

  private static void closesTheLast(Kind kind) throws Exception {
    try (EventLoops others = EventLoops.start("others", 1, kind);
        EventLoops ending = EventLoops.start("ending", 1, kind);
        Loopback port = new Loopback(others)) {
      Channel first = port.dial(ending);
      Channel late = port.dial(others);
      assertTrue(late.deregister().await(60, TimeUnit.SECONDS));
      var told = new CompletableFuture<Boolean>();
      late.pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelInactive(ChannelHandlerContext context) {
                  told.complete(true);
                }
              });
      EventLoop loop = first.eventLoop();
      first.closeFuture().addListener(closed -> loop.register(late));
      ending.close();
      assertTrue(loop.awaitTermination(60, TimeUnit.SECONDS));
      assertFalse(late.isOpen());
      assertTrue("its handlers are told", told.getNow(false));
    }
  }
}
