package org.noports.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.X25519;
import org.noports.tunnel.link.Link;
import org.noports.tunnel.link.LinkLimits;
import org.noports.tunnel.link.LinkListener;
import org.noports.tunnel.link.LinkPlan;
import org.noports.tunnel.link.SealedLink;
import org.noports.tunnel.link.SessionRoot;

/**
 * Both ends of a link on one thread and without a network, beside its cipher alone: what one core
 * seals and opens. For profiling; the goal is measured by {@code data-plane}.
 */
public final class LinkAlone {
  private static final int PIECE = 64 * 1024;
  private static final int READ = 256 * 1024;
  private static final int PIECES = 16_384;

  private LinkAlone() {}

  /** Prints MiB a second. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Samples> samples =
        Rounds.run(
            2,
            5,
            Map.of(
                "cipher", LinkAlone::cipher,
                "link", () -> link(PIECE, PIECES, false),
                "cut", () -> link(PIECE, PIECES, true),
                "small", () -> link(1024, 32 * PIECES, false)));
    var report = new Report(System.out);
    for (String row : List.of("link", "cut", "small")) {
      report.figure(row + " : AES-256-GCM alone", samples.get(row), samples.get("cipher"), "MiB/s");
    }
  }

  private static double perSecond(long bytes, long began) {
    return bytes / 1048576.0 / ((System.nanoTime() - began) / 1e9);
  }

  private static double cipher() throws CipherUnavailable, ProtocolViolation {
    var cipher = new Aes256Gcm();
    var clear = ByteBuffer.allocate(PIECE);
    var sealed = ByteBuffer.allocate(PIECE + cipher.tagLength());
    var nonce = ByteBuffer.allocate(cipher.nonceLength());
    var header = ByteBuffer.allocate(4);
    long began = System.nanoTime();
    try (Secret key = Secret.owning(new byte[cipher.keyLength()]);
        RecordSeal seal = cipher.sealing(key);
        RecordOpen open = cipher.opening(key)) {
      for (int i = 0; i < PIECES; i++) {
        nonce.putInt(0, i);
        seal.seal(nonce.array(), header.clear(), clear.clear(), sealed.clear());
        open.open(nonce.array(), header.clear(), sealed.flip(), clear.clear());
      }
    }
    return perSecond((long) PIECE * PIECES, began);
  }

  private static double link(int size, int pieces, boolean cut) throws CipherUnavailable {
    var client = End.start(true);
    var device = End.start(false);
    client.give(device, cut);
    device.give(client, cut);
    ByteBuf clear = ByteBufAllocator.DEFAULT.directBuffer(size).writeZero(size);
    long began = System.nanoTime();
    for (int i = 0; i < pieces; i++) {
      client.link.send(clear.retainedDuplicate());
      if (i % (READ / size) == 0) {
        client.link.flush();
        client.give(device, cut);
      }
    }
    client.link.flush();
    client.give(device, cut);
    double result = perSecond(device.heard, began);
    if (device.heard != (long) size * pieces) {
      throw new IllegalStateException(device.heard + " bytes came of " + (long) size * pieces);
    }
    clear.release();
    client.link.close();
    device.channel.close();
    return result;
  }

  /** One end, which counts what it hears. */
  private static final class End implements LinkListener {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private SealedLink link;
    private long heard;

    static End start(boolean client) throws CipherUnavailable {
      var end = new End();
      var algorithms =
          new SuiteAlgorithms(
              Suite.X25519_AES_256_GCM, new X25519(), new HkdfSha256(), new Aes256Gcm());
      Np2Keys keys =
          new Np2Keys(
              client, algorithms, new None(), new byte[32], key(), key(), key(), key(), key());
      end.link =
          SealedLink.start(
              end.channel, new LinkPlan(keys, new SessionRoot(keys), 0, LinkLimits.DEFAULT), end);
      return end;
    }

    private static Secret key() {
      return Secret.owning(new byte[32]);
    }

    /** As one read for each record, or as reads that end anywhere. */
    void give(End other, boolean cut) {
      ByteBuf read = cut ? ByteBufAllocator.DEFAULT.directBuffer(READ, READ) : null;
      for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
        if (!cut) {
          other.channel.writeInbound(part);
          continue;
        }
        while (part.isReadable()) {
          if (!read.isWritable()) {
            other.channel.writeInbound(read);
            read = ByteBufAllocator.DEFAULT.directBuffer(READ, READ);
          }
          read.writeBytes(part, Math.min(part.readableBytes(), read.writableBytes()));
        }
        part.release();
      }
      if (cut) {
        other.channel.writeInbound(read);
      }
    }

    @Override
    public void opened(Link self) {}

    @Override
    public void data(Link self, ByteBuf clear) {
      heard += clear.readableBytes();
      clear.release();
    }

    @Override
    public void acked(Link self, long offset) {}

    @Override
    public void readComplete(Link self) {}

    @Override
    public void writabilityChanged(Link self) {}

    @Override
    public void ended(Link self, Optional<NoPortsException> failure) {}
  }

  /** No other suite. */
  private static final class None implements Suites {
    @Override
    public List<Suite> usable() {
      return List.of();
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return Optional.empty();
    }
  }
}
