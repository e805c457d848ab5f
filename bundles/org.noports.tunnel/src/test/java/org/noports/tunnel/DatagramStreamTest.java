package org.noports.tunnel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.Test;

/** Datagrams for a stream whose other end reads nothing. */
public class DatagramStreamTest {
  private static final Duration IDLE = Duration.ofMinutes(2);

  /** Keeps what is written, as a stream without credit does. */
  private static final class Stalled extends ChannelOutboundHandlerAdapter {
    final Queue<ByteBuf> held = new ArrayDeque<>();
    final Queue<ChannelPromise> promises = new ArrayDeque<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      held.add((ByteBuf) message);
      promises.add(promise);
    }
  }

  @Test
  public void ofDatagramsWithoutContentOnlySoManyWait() {
    Stalled stalled = new Stalled();
    EmbeddedChannel channel = new EmbeddedChannel(stalled);
    DatagramStream stream = DatagramStream.over(channel, IDLE, ByteBuf::release);
    for (int i = 0; i < 100_000; i++) {
      stream.send(Unpooled.buffer(0));
    }
    int waiting = stalled.held.size();
    assertTrue(waiting + " datagrams wait", waiting > 100 && waiting < 10_000);
    stalled.promises.remove().setSuccess();
    stream.send(Unpooled.buffer(0));
    assertEquals("one for the one that left", waiting + 1, stalled.held.size());
    stalled.held.forEach(ByteBuf::release);
    channel.close();
  }
}
