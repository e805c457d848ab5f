package org.noports.relay.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.noports.api.relay.OtherSide;
import org.noports.protocol.relay.Sighting;
import org.noports.transport.PushBack;

/**
 * Stands on a relay's connection until its {@link OtherSide} is content with what the relay says of
 * the other side: reads the relay's one line, and holds whatever is to go out meanwhile. Then it
 * leaves, with a {@link PushBack} in its place. Goes with its channel from one loop to another.
 */
final class SightingGate extends ChannelDuplexHandler {
  private final OtherSide other;
  private final ByteBuf read = Unpooled.buffer(1024);
  private final Queue<Held> held = new ArrayDeque<>();
  private boolean asked;
  private boolean inputEnded;
  private boolean told;
  private volatile Optional<Boolean> content = Optional.empty();
  private ChannelHandlerContext whereWeAre;

  /** What somebody wrote meanwhile. */
  private record Held(Object message, ChannelPromise promise) {}

  SightingGate(OtherSide other) {
    this.other = other;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    whereWeAre = context;
  }

  /** What came with the relay's verdict is the beginning. */
  void begin(List<ByteBuf> early, boolean ended) {
    inputEnded = ended;
    early.forEach(this::add);
    take(whereWeAre);
    if (!told) {
      whereWeAre.read();
    }
  }

  private void add(ByteBuf bytes) {
    try {
      read.writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  /** It is on another loop now, where nobody has asked for bytes yet. */
  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    context.fireChannelRegistered();
    if (content.isPresent()) {
      conclude(context);
    } else if (!told) {
      context.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    add((ByteBuf) message);
    take(context);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!told) {
      context.read();
    }
  }

  private void take(ChannelHandlerContext context) {
    if (told) {
      return;
    }
    int searched = Math.min(read.readableBytes(), Sighting.MAX_BYTES + 1);
    int length = read.bytesBefore(searched, (byte) '\n');
    if (length < 0) {
      if (searched > Sighting.MAX_BYTES) {
        context.close();
      }
      return;
    }
    told = true;
    String word = read.readCharSequence(length, UTF_8).toString();
    read.skipBytes(1);
    other
        .told(word)
        .whenComplete(
            (done, failure) -> {
              content = Optional.of(failure == null);
              context.executor().execute(() -> conclude(context));
            });
  }

  /** On the loop that the channel is on by now; between two loops it waits for the next. */
  private void conclude(ChannelHandlerContext context) {
    if (context.isRemoved() || !context.channel().isRegistered()) {
      return;
    }
    if (!context.executor().inEventLoop()) {
      context.executor().execute(() -> conclude(context));
      return;
    }
    if (content.filter(yes -> yes).isEmpty()) {
      context.close();
      return;
    }
    while (!held.isEmpty()) {
      Held next = held.poll();
      context.write(next.message(), next.promise());
    }
    context.flush();
    List<ByteBuf> beyond = read.isReadable() ? List.of(read.retainedSlice()) : List.of();
    PushBack rest = new PushBack(beyond, inputEnded);
    boolean wanted = asked;
    context.pipeline().replace(this, "beyond", rest);
    ChannelHandlerContext there = context.pipeline().context(rest);
    if (wanted) {
      rest.read(there);
    }
  }

  @Override
  public void read(ChannelHandlerContext context) {
    asked = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    held.add(new Held(message, promise));
  }

  /** Nothing goes out before the gate is open, which flushes. */
  @Override
  public void flush(ChannelHandlerContext context) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (!told) {
        context.close();
      }
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    read.release();
    while (!held.isEmpty()) {
      Held lost = held.poll();
      ReferenceCountUtil.release(lost.message());
      lost.promise().tryFailure(new ClosedChannelException());
    }
  }
}
