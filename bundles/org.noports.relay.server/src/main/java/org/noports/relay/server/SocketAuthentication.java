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
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.RelayAuthDetection;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.transport.Closing;
import org.noports.transport.PushBack;

/**
 * The first handler of an accepted socket: finds out how its peer authenticates, reads that one
 * line and has it verified (docs/protocol/noports.md 4.1 to 4.3). Whoever is believed is handed to
 * its {@link SidePort}, with a {@link PushBack} in this handler's place that holds what was read
 * beyond the line.
 */
final class SocketAuthentication extends ChannelInboundHandlerAdapter {
  private static final ByteBuf ACCEPTED = line(EscrResponse.ACCEPTED);
  private static final ByteBuf REFUSED = line(EscrResponse.REFUSED);

  private final SidePort port;
  private final FirstLine read = new FirstLine();
  private ChannelHandlerContext whereWeAre;
  private RelayTimer.Alarm window = RelayTimer.Alarm.NONE;
  private RelayTimer.Alarm deadline = RelayTimer.Alarm.NONE;
  private Optional<EscrChallenge> challenge = Optional.empty();
  private boolean deciding = true;
  private boolean verifying;
  private boolean inputEnded;
  private boolean over;

  SocketAuthentication(SidePort port) {
    this.port = port;
  }

  private static ByteBuf line(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text + "\n", US_ASCII).asReadOnly());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        port.after(port.times().authentication(), () -> refuse(context, "it said nothing in time"));
    decide(context, Optional.empty(), false);
    if (deciding) {
      window = port.after(port.times().detectWindow(), () -> windowOver(context));
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
    switch (RelayAuthDetection.decide(port.mode(), first, windowOver)) {
      case WAIT -> {}
      case READ_LINE -> deciding = false;
      case SEND_CHALLENGE -> challenge(context);
      case REFUSE -> refuse(context, "what it said begins no authentication");
    }
  }

  private void challenge(ChannelHandlerContext context) {
    deciding = false;
    EscrChallenge fresh = port.freshChallenge();
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
    } else if (read.length() > 2 * RelayLine.MAX_BYTES) {
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
    Optional<String> said = read.take();
    if (said.isPresent()) {
      verify(context, said.get());
    } else if (read.tooLong()) {
      refuse(context, "its line is longer than " + RelayLine.MAX_BYTES + " bytes");
    }
  }

  private void verify(ChannelHandlerContext context, String said) {
    verifying = true;
    window.stop();
    CompletionStage<Void> verified =
        challenge.isPresent()
            ? port.verifier().response(said, challenge.get())
            : port.verifier().line(said);
    verified.whenComplete(
        (nothing, failure) -> {
          if (context.executor().inEventLoop()) {
            verified(context, failure);
          } else {
            context.executor().execute(() -> verified(context, failure));
          }
        });
  }

  private void verified(ChannelHandlerContext context, Throwable failure) {
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
      context.writeAndFlush(ACCEPTED.duplicate());
    }
    context.pipeline().replace(this, "beyond", new PushBack(read.beyond(), inputEnded));
    port.admitted(
        this,
        context.channel(),
        challenge.isPresent() ? RelayAuthMode.ESCR : RelayAuthMode.PAYLOAD);
  }

  /** Older peers expect silence, newer ones a line (docs/protocol/noports.md 4.1 and 4.2). */
  private void refuse(ChannelHandlerContext context, String reason) {
    if (over) {
      return;
    }
    over = true;
    port.unverified(this, context.channel(), reason);
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
