package org.noports.tunnel;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.testkit.relay.AdversarialRelay;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.EventLoops;
import org.noports.tunnel.link.Tampering;

/**
 * The changes that {@code TamperedRecordsIT} makes at level L2, at level L1: it has nothing by
 * which an end could see them (docs/protocol/noports.md 9). Says how many went through.
 */
public class TamperedLevelOneIT {
  private static final int CHANGES = 1_000_000;
  private static final int OF_EACH_BYTE = 100;
  private static final int CONNECTIONS = 200;

  private final Meter meter = new Meter();

  private static KeyStream keys(int seed) throws Exception {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return new JdkAes().start(Secret.owning(key), new byte[16]);
  }

  private List<byte[]> sealed(int seed) throws Exception {
    var channel = new EmbeddedChannel(new SealHandler(keys(seed), meter));
    List<byte[]> pieces = new ArrayList<>();
    for (String text : List.of("the first of three", "the second", "the last")) {
      channel.writeOutbound(ByteBufUtil.writeAscii(channel.alloc(), text));
      ByteBuf piece = channel.readOutbound();
      pieces.add(ByteBufUtil.getBytes(piece));
      piece.release();
    }
    return pieces;
  }

  /** What comes out at the other end, which has no way to say that it is not what was sent. */
  private byte[] opened(byte[] wire) throws Exception {
    var channel = new EmbeddedChannel(new OpenHandler(keys(1), meter));
    channel.writeInbound(Unpooled.wrappedBuffer(wire.clone()));
    ByteBuf clear = channel.readInbound();
    channel.close();
    return ByteBufUtil.getBytes(clear);
  }

  @Test
  public void atLevelOneChangesGoThrough() throws Exception {
    List<byte[]> pieces = sealed(1);
    byte[] elsewhere = sealed(2).get(0);
    byte[] wire = Tampering.join(pieces);
    byte[] sent = opened(wire);
    assertArrayEquals(sent, opened(wire));
    var tampering = new Tampering(new Random(1));
    int changes = 0;
    int through = 0;
    for (int at = 0; at < wire.length; at++) {
      for (int round = 0; round < OF_EACH_BYTE; round++) {
        through += Arrays.equals(sent, opened(tampering.ofByte(wire, at, round))) ? 0 : 1;
        changes++;
      }
    }
    for (; changes < CHANGES; changes++) {
      through += Arrays.equals(sent, opened(tampering.any(pieces, elsewhere))) ? 0 : 1;
    }
    System.out.println("L1: " + changes + " changes, " + through + " went through");
    assertTrue("level L1 has become better than its description", through > 0);
  }

  @Test
  public void atLevelOneTamperedConnectionsEndAsIfNothingHadHappened() throws Exception {
    int through = 0;
    EventLoops loops = EventLoops.start("tampered-level-one", 1);
    try (var relay = AdversarialRelay.pairing(1, false)) {
      for (int number = 0; number <= CONNECTIONS; number++) {
        var client = new End(loops, relay.clientPort(), keys(1), keys(2));
        var device = new End(loops, relay.devicePort(), keys(2), keys(1));
        boolean same = World.get(client.same) & World.get(device.same);
        boolean told = client.told || device.told;
        if (number == 0) {
          assertTrue("the first is not tampered with", same && !told);
        } else if (!same && !told) {
          through++;
        }
      }
    } finally {
      loops.close();
    }
    System.out.println(
        "L1: " + CONNECTIONS + " tampered connections, " + through + " went through");
    assertTrue("level L1 has become better than its description", through > 0);
  }

  /** Says a fixed content, then ends its output; completes when the other's output ends. */
  private static final class End extends ChannelInboundHandlerAdapter {
    final CompletableFuture<Boolean> same = new CompletableFuture<>();
    private final byte[] content = new byte[100_000];
    private final ByteBuf heard = Unpooled.buffer();
    volatile boolean told;

    End(EventLoops loops, int port, KeyStream seals, KeyStream opens) {
      new Random(1).nextBytes(content);
      var loop = loops.next();
      loops
          .dial(new HostPort("127.0.0.1", port), Duration.ofSeconds(10))
          .thenCompose(channel -> ChannelStream.channelOf(ChannelStream.over(channel), loop))
          .thenAcceptAsync(channel -> talk(channel, new Directions(seals, opens)), loop);
    }

    private void talk(Channel channel, Directions keys) {
      TunnelPipeline.seal(channel, keys, new Meter());
      channel.pipeline().addLast(this);
      channel.config().setAutoRead(true);
      channel.write(Unpooled.copiedBuffer(content));
      Closing.endOutput(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      heard.writeBytes((ByteBuf) message);
      ((ByteBuf) message).release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        ended(context);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      told = true;
      ended(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ended(context);
    }

    private void ended(ChannelHandlerContext context) {
      same.complete(Arrays.equals(content, ByteBufUtil.getBytes(heard)));
      if (told) {
        context.close();
      }
    }
  }
}
