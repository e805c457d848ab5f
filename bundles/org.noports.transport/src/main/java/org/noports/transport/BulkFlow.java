package org.noports.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The fast way of one {@link Flow}: once it has moved 4 MiB without a pause the kernel moves its
 * pages from socket to socket, and after a pause they are copied again. Small flows gain nothing
 * from it and would only hold pipes.
 *
 * <p>It works just before an ordinary read, which then finds what is left, and the end of input:
 * splice answers 0 to both "nothing now" and "the end", so it is never asked about that.
 */
final class BulkFlow {
  private static final long BULK = 4 << 20;
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  /** In one go: more would keep the loop's other sockets waiting. */
  private static final int MOST = 1 << 20;

  /** A pipe as Linux makes it, 16 pages, was filled, or a part of a larger one: there is more. */
  private static final int WORTH_ASKING_AGAIN = 64 << 10;

  /** Most that an ordinary read copies behind a move: what is left then is little, or nothing. */
  static final int READ_BEHIND = 4 << 10;

  private final Channel from;
  private final Channel to;
  private long run;
  private long lastMove;

  BulkFlow(Channel from, Channel to) {
    this.from = from;
    this.to = to;
  }

  /** So many bytes came now. */
  void moved(long bytes) {
    long now = System.nanoTime();
    run = now - lastMove > PAUSE_NANOS ? bytes : run + bytes;
    lastMove = now;
  }

  /** Whether the kernel should move what comes next. */
  boolean promoted() {
    if (run < BULK) {
      return false;
    }
    if (System.nanoTime() - lastMove > PAUSE_NANOS || !bare(from) || !bare(to)) {
      run = 0;
      return false;
    }
    return true;
  }

  /** A handler besides the flow's own sees or changes bytes; only sockets can be spliced. */
  private static boolean bare(Channel channel) {
    return channel instanceof EpollSocketChannel
        && channel.isActive()
        && channel.pipeline().firstContext() == channel.pipeline().lastContext();
  }

  /** Whether the target has taken all that was written to it, by whomever. */
  boolean nothingWaits() {
    ChannelOutboundBuffer waiting = to.unsafe().outboundBuffer();
    return to.isOpen() && waiting != null && waiting.isEmpty();
  }

  /** What was moved, and the write of what the target has not taken yet, if it did not take all. */
  record Moved(Optional<ChannelFuture> write, long bytes) {}

  /** Moves what has come, until the target takes no more. */
  Optional<Moved> move() {
    Optional<ChannelFuture> write = Optional.empty();
    long bytes = 0;
    int moved;
    do {
      Optional<KernelPipe> pipe = KernelPipe.take();
      moved = pipe.map(this::fill).orElse(0);
      if (moved > 0) {
        bytes += moved;
        write = drain(pipe.get(), moved);
      }
    } while (moved >= WORTH_ASKING_AGAIN && bytes < MOST && write.isEmpty());
    return bytes == 0 ? Optional.empty() : Optional.of(new Moved(write, bytes));
  }

  /**
   * Nothing else waits to go out, so it goes at once; what does not becomes a write like others.
   */
  private Optional<ChannelFuture> drain(KernelPipe pipe, int moved) {
    int gone = 0;
    try {
      gone = pipe.drain(socket(to), moved);
    } catch (IOException e) {
      // The write of the rest meets the same and reports it.
    }
    if (gone == moved) {
      pipe.give(true);
      return Optional.empty();
    }
    return Optional.of(to.writeAndFlush(new SplicedBytes(pipe, moved - gone, socket(to))));
  }

  private int fill(KernelPipe pipe) {
    int moved = 0;
    try {
      moved = pipe.fill(socket(from), MOST);
    } catch (IOException e) {
      // The ordinary read that follows finds the same and reports it.
      run = 0;
    }
    if (moved <= 0) {
      pipe.give(true);
    }
    return moved;
  }

  private static FileDescriptor socket(Channel channel) {
    return ((EpollSocketChannel) channel).fd();
  }
}
