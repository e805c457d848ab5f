package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.datagram.CapsuleReader;
import org.noports.protocol.datagram.DatagramCapsule;

/**
 * Datagrams on a stream, at either end: capsules on the stream's channel, whole datagrams on our
 * side. What the stream cannot take in time is dropped, as a network would. Its state lives on the
 * channel's loop; it ends when nothing came or went for a while.
 */
final class DatagramStream extends ChannelInboundHandlerAdapter {
  /** Bytes that may wait to go out: a burst of a few datagrams, and no memory of a slow link. */
  static final int MOST_WAITING = 256 * 1024;

  /** A datagram without content takes memory too; so much is counted for each that waits. */
  private static final int HELD = 256;

  private final Channel stream;
  private final Duration idle;
  private final Consumer<ByteBuf> arrivals;
  private final CapsuleReader reader = new CapsuleReader();
  private int waiting;
  private long last = System.nanoTime();
  private Optional<ScheduledFuture<?>> alarm = Optional.empty();

  private DatagramStream(Channel stream, Duration idle, Consumer<ByteBuf> arrivals) {
    this.stream = stream;
    this.idle = idle;
    this.arrivals = arrivals;
  }

  /**
   * Takes over a stream, whose loop may be another than its user's.
   *
   * @param arrivals takes each datagram that comes, and owns it; called on the stream's loop
   */
  static DatagramStream over(Channel stream, Duration idle, Consumer<ByteBuf> arrivals) {
    var datagrams = new DatagramStream(stream, idle, arrivals);
    datagrams.onLoop(datagrams::begin);
    return datagrams;
  }

  private void begin() {
    stream.pipeline().addLast(this);
    stream.read();
    watch(idle.toNanos());
    stream.closeFuture().addListener(f -> alarm.ifPresent(timer -> timer.cancel(false)));
  }

  private void onLoop(Runnable task) {
    if (stream.eventLoop().inEventLoop()) {
      task.run();
    } else {
      stream.eventLoop().execute(task);
    }
  }

  private void watch(long nanos) {
    alarm = Optional.of(stream.eventLoop().schedule(this::idle, nanos, TimeUnit.NANOSECONDS));
  }

  private void idle() {
    long left = idle.toNanos() - (System.nanoTime() - last);
    if (left <= 0) {
      stream.close();
    } else {
      watch(left);
    }
  }

  /** What a datagram of that length takes while it waits. */
  static int cost(int length) {
    return length + HELD;
  }

  /** Sends one datagram, which is ours from now on. */
  void send(ByteBuf datagram) {
    onLoop(() -> write(datagram));
  }

  private void write(ByteBuf datagram) {
    int length = datagram.readableBytes();
    if (waiting > MOST_WAITING || length > DatagramCapsule.LARGEST_PAYLOAD || !stream.isOpen()) {
      datagram.release();
      return;
    }
    last = System.nanoTime();
    int cost = cost(length);
    waiting += cost;
    ByteBuf head = Unpooled.wrappedBuffer(DatagramCapsule.head(length));
    stream
        .writeAndFlush(Unpooled.wrappedBuffer(head, datagram))
        .addListener(
            done -> {
              waiting -= cost;
              if (!done.isSuccess()) {
                stream.close();
              }
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    last = System.nanoTime();
    try {
      for (ByteBuffer datagram : reader.read(bytes.nioBuffer())) {
        arrivals.accept(Unpooled.wrappedBuffer(datagram));
      }
    } catch (ProtocolViolation e) {
      TunnelLog.notDatagrams(e.getMessage());
      context.close();
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
