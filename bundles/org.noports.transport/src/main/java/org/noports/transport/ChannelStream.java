package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;

/**
 * A {@link ByteStream} over a Netty channel that does not read by itself: how providers hand
 * connections to one another in the api's words. Who knows Netty takes the channel back with {@link
 * #takeChannel} or {@link #channelOf} and saves every copy.
 */
public final class ChannelStream implements ByteStream {
  private final Channel channel;
  private final StreamReader reader;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private ChannelStream(Channel channel, StreamReader reader) {
    this.channel = channel;
    this.reader = reader;
    channel.closeFuture().addListener(f -> closed.complete(null));
  }

  /** Takes over {@code channel}; what is in its pipeline already stays in front. */
  public static ChannelStream over(Channel channel) {
    var reader = new StreamReader();
    requireNonNull(channel, "channel is null").pipeline().addLast(reader);
    return new ChannelStream(channel, reader);
  }

  /**
   * A channel on {@code loop} that carries {@code stream}: its own channel if it has one, moved to
   * that loop unless it is {@link LoopBound}, otherwise a bridge. The stream must not be used any
   * more. Completes on the channel's loop.
   */
  public static CompletionStage<Channel> channelOf(ByteStream stream, EventLoop loop) {
    if (stream instanceof ChannelStream own) {
      if (own.channel instanceof LoopBound) {
        return own.takeChannel();
      }
      // The bytes that wait to be given back are handed over on the new loop.
      return own.takeChannel().thenCompose(channel -> LoopChange.move(channel, loop));
    }
    return LoopChange.move(new StreamChannel(stream), loop);
  }

  /** The channel that carries the stream, for looking at. */
  public Channel channel() {
    return channel;
  }

  /**
   * Gives the channel back, with all that was received and not read yet in front of its next read.
   * The stream must not be used any more. Completes on the channel's loop.
   */
  public CompletionStage<Channel> takeChannel() {
    var taken = new CompletableFuture<Channel>();
    onLoop(
        () -> {
          reader.leave(channel.pipeline());
          taken.complete(channel);
        });
    return taken;
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer destination) {
    if (!destination.hasRemaining()) {
      throw new IllegalArgumentException("The buffer has no room");
    }
    var result = new CompletableFuture<Integer>();
    onLoop(
        () -> {
          if (reader.ask(destination, result)) {
            channel.read();
          }
        });
    return result;
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer source) {
    var result = new CompletableFuture<Void>();
    int end = source.limit();
    channel
        .writeAndFlush(ours(source))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                source.position(end);
                result.complete(null);
              } else {
                result.completeExceptionally(failed(done.cause()));
              }
            });
    return result;
  }

  /**
   * The caller has its bytes back when they are written. A socket has passed them on by then; a
   * session keeps them until the other end has acknowledged them, since it may have to send them
   * again.
   */
  private ByteBuf ours(ByteBuffer source) {
    return channel instanceof SocketlessChannel
        ? channel.alloc().buffer(source.remaining()).writeBytes(source.duplicate())
        // Read-only: a handler that transforms in place must not change the caller's bytes.
        : Unpooled.wrappedBuffer(source.asReadOnlyBuffer());
  }

  @Override
  public CompletionStage<Void> endOutput() {
    var result = new CompletableFuture<Void>();
    onLoop(() -> Closing.endOutput(channel).addListener(done -> result.complete(null)));
    return result;
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed;
  }

  static IOException failed(Throwable cause) {
    return new IOException("The connection is gone: " + Reason.of(cause), cause);
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  @Override
  public String toString() {
    return "ChannelStream[" + channel + "]";
  }
}
