package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.LocalAddress;

/**
 * One sender's datagrams at the client's end, and the stream that they have. What comes before the
 * stream is there waits, a little of it. Lives on the loop of the socket that it answers through.
 */
final class UdpFlow {
  /** How long a sender whom the device refuses is not asked for again. */
  private static final long PAUSE_SECONDS = 5;

  private final EventLoop loop;
  private final Duration idle;
  private final Consumer<ByteBuf> answers;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Queue<ByteBuf> early = new ArrayDeque<>();
  private int earlyBytes;
  private Optional<Channel> stream = Optional.empty();
  private Optional<DatagramStream> datagrams = Optional.empty();

  /**
   * @param answers takes each datagram that comes back, and owns it; called on any loop
   */
  UdpFlow(EventLoop loop, Duration idle, Consumer<ByteBuf> answers) {
    this.loop = loop;
    this.idle = idle;
    this.answers = answers;
  }

  /** Takes the stream when it is there. */
  void begin(CompletionStage<ByteStream> opening, LocalAddress at) {
    Way.channel(opening, loop)
        .whenCompleteAsync(
            (channel, failure) -> {
              if (failure == null) {
                opened(channel);
              } else {
                refused(at, Failures.cause(failure).getMessage());
              }
            },
            loop);
  }

  private void opened(Channel channel) {
    if (ended.isDone()) {
      channel.close();
      return;
    }
    stream = Optional.of(channel);
    channel.closeFuture().addListener(f -> loop.execute(this::close));
    DatagramStream opened = DatagramStream.over(channel, idle, answers);
    datagrams = Optional.of(opened);
    early.forEach(opened::send);
    early.clear();
  }

  private void refused(LocalAddress at, String reason) {
    TunnelLog.notOpened(at, reason);
    drop();
    // Not asked for again with each datagram: who sends them does not hear the reason.
    loop.schedule(this::close, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends one datagram, which is ours from now on. */
  void send(ByteBuf datagram) {
    if (datagrams.isPresent()) {
      datagrams.get().send(datagram);
    } else if (ended.isDone() || earlyBytes > DatagramStream.MOST_WAITING) {
      datagram.release();
    } else {
      earlyBytes += DatagramStream.cost(datagram.readableBytes());
      early.add(datagram);
    }
  }

  /** Completes when the flow is over, on its loop. */
  CompletionStage<Void> ended() {
    return ended;
  }

  void close() {
    drop();
    ended.complete(null);
    stream.ifPresent(Channel::close);
  }

  private void drop() {
    early.forEach(ByteBuf::release);
    early.clear();
    earlyBytes = DatagramStream.MOST_WAITING + 1;
  }
}
