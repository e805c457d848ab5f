package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.RelayAuthDetection;
import org.noports.protocol.relay.RelayLine;
import org.noports.transport.Closing;
import org.noports.transport.PushBack;

/**
 * The first handler of an accepted socket: finds out how its peer authenticates, reads that one
 * line and has it verified (docs/protocol/noports.md 4.1 to 4.3). Whoever is believed is handed to
 * its {@link Door}, with a {@link PushBack} in this handler's place that holds what was read beyond
 * the line.
 */
final class SocketAuthentication extends ChannelInboundHandlerAdapter {
  private static final ByteBuf ACCEPTED = line(EscrResponse.ACCEPTED);
  private static final ByteBuf OBSERVING = line(EscrResponse.ACCEPTED_OBSERVING);
  private static final ByteBuf REFUSED = line(EscrResponse.REFUSED);

  private final Door door;
  private final FirstLine read = new FirstLine();
  private ChannelHandlerContext whereWeAre;
  private RelayTimer.Alarm window = RelayTimer.Alarm.NONE;
  private RelayTimer.Alarm deadline = RelayTimer.Alarm.NONE;
  private Optional<EscrChallenge> challenge = Optional.empty();
  private boolean deciding = true;
  private boolean verifying;
  private boolean inputEnded;
  private boolean over;

  SocketAuthentication(Door door) {
    this.door = door;
  }

  private static ByteBuf line(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text + "\n", US_ASCII).asReadOnly());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline = door.after(door.patience(), () -> refuse(context, "it said nothing in time"));
    decide(context, Optional.empty(), false);
    if (deciding) {
      window = door.after(door.detectWindow(), () -> windowOver(context));
    }
    context.read();
  }

  private void windowOver(ChannelHandlerContext context) {
    if (deciding && !over) {
      decide(context, Optional.empty(), true);
    }
  }

  /** The port has learned how its side authenticates while we wait to find out. */
  void modeKnown() {
    if (deciding && !over) {
      window.stop();
      decide(whereWeAre, Optional.empty(), false);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    whereWeAre = context;
  }

  private void decide(ChannelHandlerContext context, Optional<Byte> first, boolean windowOver) {
    switch (RelayAuthDetection.decide(door.mode(), first, windowOver)) {
      case WAIT -> {}
      case READ_LINE -> deciding = false;
      case SEND_CHALLENGE -> challenge(context);
      case REFUSE -> refuse(context, "what it said begins no authentication");
    }
  }

  private void challenge(ChannelHandlerContext context) {
    deciding = false;
    EscrChallenge fresh = door.freshChallenge();
    challenge = Optional.of(fresh);
    context.writeAndFlush(Unpooled.wrappedBuffer(fresh.toLine()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    read.add((ByteBuf) message);
    if (!verifying) {
      take(context);
    } else if (read.length() > 2 * most()) {
      // Only a peer that has closed its side gets here: the rest of what it sent is read at once.
      refuse(context, "it sent too much before it was verified");
    }
  }

  private void take(ChannelHandlerContext context) {
    if (deciding && read.begin().isPresent()) {
      decide(context, read.begin(), false);
    }
    if (over || deciding) {
      return;
    }
    Optional<String> said = read.take(most());
    if (said.isPresent()) {
      verify(context, said.get());
    } else if (read.tooLong(most())) {
      refuse(context, "its line is longer than " + most() + " bytes");
    }
  }

  private int most() {
    return challenge.isPresent() ? EscrLine.MAX_BYTES : RelayLine.MAX_BYTES;
  }

  private void verify(ChannelHandlerContext context, String said) {
    verifying = true;
    window.stop();
    CompletionStage<Door.Entry> verified =
        challenge.isPresent() ? door.response(said, challenge.get()) : door.line(said);
    verified.whenComplete(
        (entry, failure) -> {
          if (context.executor().inEventLoop()) {
            verified(context, entry, failure);
          } else {
            context.executor().execute(() -> verified(context, entry, failure));
          }
        });
  }

  private void verified(ChannelHandlerContext context, Door.Entry entry, Throwable failure) {
    if (over) {
      return;
    }
    if (failure != null) {
      refuse(context, Causes.of(failure).getMessage());
      return;
    }
    over = true;
    deadline.stop();
    if (challenge.isPresent()) {
      context.writeAndFlush((entry.observing() ? OBSERVING : ACCEPTED).duplicate());
    }
    context.pipeline().replace(this, "beyond", new PushBack(read.beyond(), inputEnded));
    entry.enter(this, context.channel());
  }

  /** Older peers expect silence, newer ones a line (docs/protocol/noports.md 4.1 and 4.2). */
  private void refuse(ChannelHandlerContext context, String reason) {
    if (over) {
      return;
    }
    over = true;
    door.refused(this, context.channel(), reason);
    if (challenge.isPresent()) {
      context.writeAndFlush(REFUSED.duplicate());
      Closing.afterWrites(context.channel());
    } else {
      context.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!over && !verifying) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (!verifying) {
        refuse(context, "it left before it had authenticated");
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    refuse(context, "it left before it had authenticated");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refuse(context, "its connection failed");
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    window.stop();
    deadline.stop();
    read.close();
  }
}
