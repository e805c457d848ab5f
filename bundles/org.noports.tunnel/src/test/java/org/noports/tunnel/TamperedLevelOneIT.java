package org.noports.tunnel;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.tunnel.link.Tampering;

/**
 * The changes that {@code TamperedRecordsIT} makes at level L2, at level L1: it has nothing by
 * which an end could see them (docs/protocol/noports.md 9). Says how many went through.
 */
public class TamperedLevelOneIT {
  private static final int CHANGES = 1_000_000;
  private static final int OF_EACH_BYTE = 100;

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
}
