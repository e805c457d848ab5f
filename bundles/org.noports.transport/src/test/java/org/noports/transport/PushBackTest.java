package org.noports.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** Bytes that were read too early, and the reads that follow. */
public class PushBackTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  private void early(String text) {
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(new Reads());
    ByteBuf bytes = Unpooled.copiedBuffer(text, US_ASCII);
    channel.pipeline().addLast(new PushBack(List.of(bytes), false));
  }

  /** Counts what reaches the network. */
  private final class Reads extends ChannelOutboundHandlerAdapter {
    @Override
    public void read(ChannelHandlerContext context) {
      reads.incrementAndGet();
      context.read();
    }
  }

  private String given() {
    ByteBuf bytes = channel.readInbound();
    try {
      return bytes.toString(US_ASCII);
    } finally {
      bytes.release();
    }
  }

  @Test
  public void aReaderThatReadsAlwaysGetsWhatComesBehindThem() {
    early("early");
    channel.config().setAutoRead(true);
    channel.runPendingTasks();
    assertEquals("early", given());
    assertEquals("the network is read on", 1, reads.get());
  }

  @Test
  public void aReaderThatAsksIsGivenNoMoreThanItAskedFor() {
    early("early");
    channel.read();
    channel.runPendingTasks();
    assertEquals("early", given());
    assertEquals("the network is left alone", 0, reads.get());
  }
}
