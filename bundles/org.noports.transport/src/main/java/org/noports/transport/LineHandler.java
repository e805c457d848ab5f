package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Cuts what a channel receives into lines, one at a time; the last handler of a line channel. */
final class LineHandler extends ChannelInboundHandlerAdapter {
  /** How long we read on, and throw away, after our side has ended. */
  private static final int DRAIN_SECONDS = 2;

  /** Lines that are worked on before others on the same loop have a turn. */
  private static final int TURN = 16;

  /** Stands where bytes were no UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private static final int MANY_PIECES = 64;
  private static final int SMALL_PIECE = 1024;

  private final LineReader reader;
  private final Runnable flush;
  private final int longest;
  private CompositeByteBuf received;
  private int searched;
  private int pieces;
  private boolean busy;
  private boolean advancing;
  private boolean inputEnded;
  private boolean settled;
  private boolean deaf;
  private boolean finished;
  private IOException failure;

  /**
   * Made when the connection stands.
   *
   * @param flush writes what the reader has sent and still waits
   */
  LineHandler(LineReader reader, Runnable flush, int longest) {
    this.reader = reader;
    this.flush = flush;
    this.longest = longest;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (!context.channel().isActive()) {
      deaf = true;
      reader.closed(Optional.of(new IOException("The connection was closed at once")));
      return;
    }
    // Not of the allocator: empty it is nothing to give back, and many connections say nothing.
    received = new CompositeByteBuf(context.alloc(), false, Integer.MAX_VALUE);
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (deaf) {
      ((ByteBuf) message).release();
    } else {
      received.addComponent(true, (ByteBuf) message);
      if (++pieces % MANY_PIECES == 0) {
        joinPieces();
      }
    }
  }

  /** A peer that sends byte by byte would otherwise make us hold a hundred for each of them. */
  private void joinPieces() {
    int first = received.numComponents() - MANY_PIECES;
    if (first >= 0
        && received.writerIndex() - received.toByteIndex(first) < MANY_PIECES * SMALL_PIECE) {
      received.consolidate(first, MANY_PIECES);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (deaf) {
      context.read();
    } else if (!busy) {
      advance(context);
    }
  }

  /** Hands out lines until one is being worked on or none is complete. */
  private void advance(ChannelHandlerContext context) {
    if (advancing) {
      // A line was worked on within our own loop: it goes on by itself, on the same stack frame.
      return;
    }
    advancing = true;
    boolean more = true;
    int lines = 0;
    while (more && !busy && !deaf && context.channel().isActive()) {
      if (lines++ == TURN) {
        context.executor().execute(() -> goOn(context));
        break;
      }
      more = step(context);
    }
    advancing = false;
  }

  private void goOn(ChannelHandlerContext context) {
    if (!busy && !deaf) {
      advance(context);
    }
  }

  private boolean step(ChannelHandlerContext context) {
    int length = lineLength();
    Optional<String> objection = objection(length < 0 ? received.readableBytes() : length);
    if (objection.isPresent()) {
      refuse(context, objection.get());
    } else if (length >= 0) {
      deliver(context, length);
    } else if (inputEnded && !settled) {
      settled = true;
      await(context, reader.settled());
    } else {
      waitForMore(context);
      return false;
    }
    return true;
  }

  private Optional<String> objection(int length) {
    return length > longest
        ? Optional.of("the line is longer than " + longest + " bytes")
        : reader.objection(length);
  }

  /** Bytes up to the next line end, or -1; what was searched before is not searched again. */
  private int lineLength() {
    int from = received.readerIndex() + searched;
    int end = received.indexOf(from, received.writerIndex(), (byte) '\n');
    if (end < 0) {
      searched = received.readableBytes();
      return -1;
    }
    searched = 0;
    return end - received.readerIndex();
  }

  private void waitForMore(ChannelHandlerContext context) {
    if (inputEnded) {
      finish(context);
      return;
    }
    int length = received.readableBytes();
    if (length > 0 && length <= LineLimits.LONGEST_PROMPT) {
      reader.unfinished(received.toString(StandardCharsets.UTF_8));
    }
    context.read();
  }

  private void deliver(ChannelHandlerContext context, int length) {
    byte[] bytes = new byte[length];
    received.readBytes(bytes);
    received.skipBytes(1);
    received.discardReadComponents();
    int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    try {
      await(context, reader.line(text(bytes, end)));
    } catch (CharacterCodingException e) {
      refuse(context, "the line is not UTF-8");
    }
  }

  /** Most lines are ASCII, which has neither fewer characters than bytes nor wrong ones. */
  private static String text(byte[] bytes, int length) throws CharacterCodingException {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return text.length() == length && text.indexOf(REPLACEMENT) < 0
        ? text
        : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
  }

  private void refuse(ChannelHandlerContext context, String why) {
    inputEnded = true;
    received.clear();
    searched = 0;
    await(context, reader.unreadable(why));
  }

  private void await(ChannelHandlerContext context, CompletionStage<Void> work) {
    busy = true;
    work.whenComplete(
        (done, problem) -> {
          if (context.executor().inEventLoop()) {
            worked(context, problem);
          } else {
            context.executor().execute(() -> worked(context, problem));
          }
        });
  }

  private void worked(ChannelHandlerContext context, Throwable problem) {
    busy = false;
    if (problem != null) {
      failure =
          new IOException("The line could not be worked on: " + problem.getMessage(), problem);
      context.close();
    } else {
      advance(context);
    }
  }

  /** All that the peer said is answered: end our side in its way, then wait for it to go. */
  private void finish(ChannelHandlerContext context) {
    deaf = true;
    flush.run();
    Closing.endOutput(context.channel())
        .addListener(
            f -> {
              if (finished) {
                context.close();
              } else {
                context.read();
              }
            });
    var alarm = context.executor().schedule(() -> context.close(), DRAIN_SECONDS, TimeUnit.SECONDS);
    context.channel().closeFuture().addListener(f -> alarm.cancel(false));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      finished = true;
    } else if (!(event instanceof SslCloseCompletionEvent)) {
      return;
    }
    inputEnded = true;
    if (deaf && finished) {
      context.close();
    } else if (!busy && !deaf) {
      advance(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (failure == null && !deaf) {
      failure = new IOException("The connection failed: " + Reason.of(cause), cause);
    }
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over();
  }

  /** Also where the loops end so fast that nobody is told that the connection is gone. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    over();
  }

  private void over() {
    if (received != null) {
      deaf = true;
      received.release();
      received = null;
      reader.closed(Optional.ofNullable(failure));
    }
  }
}
