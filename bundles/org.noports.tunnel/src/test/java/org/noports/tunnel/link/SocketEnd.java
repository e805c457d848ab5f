package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.CipherUnavailable;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.tunnel.Np2Keys;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;

/** One end over a real socket: once it is open it says all it has, and closes once it heard all. */
final class SocketEnd implements LinkListener {
  private static final int RECORDS = 40;
  private static final int RECORD = 4096;

  final CompletableFuture<Optional<NoPortsException>> ended = new CompletableFuture<>();
  private final ByteBuf heard = Unpooled.buffer();
  private final byte[] says;
  private final byte[] hears;

  private SocketEnd(boolean client) {
    says = content(client);
    hears = content(!client);
  }

  private static byte[] content(boolean client) {
    byte[] content = new byte[RECORDS * RECORD];
    new Random(client ? 1 : 2).nextBytes(content);
    return content;
  }

  static SocketEnd dial(EventLoops loops, int port, Np2Keys keys) {
    var end = new SocketEnd(keys.client());
    var loop = loops.next();
    loops
        .dial(new HostPort("127.0.0.1", port), Duration.ofSeconds(10))
        .thenCompose(dialled -> ChannelStream.channelOf(ChannelStream.over(dialled), loop))
        .thenAcceptAsync(
            channel -> {
              var plan = new LinkPlan(keys, new SessionRoot(keys), 0, LinkLimits.DEFAULT);
              try {
                SealedLink.start(channel, plan, end);
              } catch (CipherUnavailable e) {
                throw new IllegalStateException(e);
              }
            },
            loop)
        .exceptionally(
            failure -> {
              end.ended.completeExceptionally(failure);
              return null;
            });
    return end;
  }

  CompletionStage<Optional<NoPortsException>> ended() {
    return ended;
  }

  /** Only what was said has been heard, from its beginning. */
  boolean heardOnlyWhatWasSaid() {
    byte[] bytes = ByteBufUtil.getBytes(heard);
    return Arrays.equals(bytes, Arrays.copyOf(hears, bytes.length));
  }

  boolean heardAll() {
    return heard.readableBytes() == hears.length;
  }

  @Override
  public void opened(Link link) {
    for (int i = 0; i < RECORDS; i++) {
      link.send(Unpooled.wrappedBuffer(says, i * RECORD, RECORD));
      link.flush();
    }
  }

  @Override
  public void data(Link link, ByteBuf clear) {
    heard.writeBytes(clear);
    clear.release();
    if (heardAll()) {
      link.close();
    }
  }

  @Override
  public void acked(Link link, long offset) {}

  @Override
  public void readComplete(Link link) {}

  @Override
  public void writabilityChanged(Link link) {}

  @Override
  public void ended(Link link, Optional<NoPortsException> failure) {
    ended.complete(failure);
  }
}
