package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * Plain bytes on our side, the frames of a WebSocket that carry them on the other (RFC 6455 section
 * 5). What comes is passed on as it comes, not when its frame is whole: the frames of the far side
 * may have any size and cost no memory here.
 *
 * <p>A WebSocket has no half-close. Both ends of ours say it by an empty binary message: nothing
 * more comes from this side. Without that, and without a Close, the end of the connection is a
 * failure.
 */
public final class WebSocketFrames extends ChannelDuplexHandler {
  private static final int FINAL = 0x80;
  private static final int NORMAL_CLOSURE = 1000;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Who a frame comes from: a client masks each, and nobody else does (section 5.1). */
  enum Role {
    CLIENT,
    ACCEPTOR
  }

  private final Role role;
  private final WebSocketHeader header;
  private final ByteBuf control = Unpooled.buffer(WebSocketHeader.LONGEST_CONTROL);
  private ChannelHandlerContext whereWeAre;
  private long left;
  private int position;
  private boolean inPayload;
  private boolean inMessage;
  private boolean messageEmpty;
  private boolean inputEnded;
  private boolean closeSent;
  private boolean over;

  WebSocketFrames(Role role) {
    this.role = role;
    this.header = new WebSocketHeader(role == Role.ACCEPTOR);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    whereWeAre = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && !over) {
        if (inPayload) {
          payload(context, in);
        } else if (header.complete(in)) {
          begin(context);
        }
      }
    } catch (IOException e) {
      over = true;
      context.fireExceptionCaught(e);
      context.close();
    } finally {
      in.release();
    }
  }

  private void begin(ChannelHandlerContext context) throws IOException {
    left = header.length();
    position = 0;
    if (!header.isControl()) {
      boolean continues = header.opcode() == WebSocketHeader.CONTINUATION;
      if (continues != inMessage) {
        throw new IOException("a WebSocket message begins inside another, or continues none");
      }
      if (!continues) {
        inMessage = true;
        messageEmpty = true;
      }
    }
    inPayload = left > 0;
    if (!inPayload) {
      frameEnded(context);
    }
  }

  private void payload(ChannelHandlerContext context, ByteBuf in) throws IOException {
    int length = (int) Math.min(left, in.readableBytes());
    ByteBuf piece = in.readRetainedSlice(length);
    WebSocketHeader.mask(piece, header.mask(), position);
    position += length;
    left -= length;
    if (header.isControl()) {
      control.writeBytes(piece);
      piece.release();
    } else if (inputEnded) {
      piece.release();
      throw new IOException("bytes came behind the end of the far side's output");
    } else {
      messageEmpty = false;
      context.fireChannelRead(piece);
    }
    if (left == 0) {
      inPayload = false;
      frameEnded(context);
    }
  }

  private void frameEnded(ChannelHandlerContext context) {
    if (header.isControl()) {
      control(context);
      control.clear();
    } else if (header.isFinal()) {
      inMessage = false;
      if (messageEmpty) {
        endInput(context);
      }
    }
  }

  private void control(ChannelHandlerContext context) {
    if (header.opcode() == WebSocketHeader.CLOSE) {
      over = true;
      endInput(context);
      // The far side reads no more: what we had to say is over, too.
      sendClose(context).addListener(ChannelFutureListener.CLOSE);
    } else if (header.opcode() == WebSocketHeader.PING && context.channel().isWritable()) {
      // Who asks faster than it reads gets no answer: nothing may pile up here.
      frame(context, WebSocketHeader.PONG, control.copy(), context.newPromise());
      context.flush();
    }
  }

  private void endInput(ChannelHandlerContext context) {
    if (!inputEnded) {
      inputEnded = true;
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent)) {
      context.fireUserEventTriggered(event);
    } else if (!inputEnded && !over) {
      over = true;
      context.fireExceptionCaught(new IOException("the WebSocket broke off"));
      context.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      frame(context, WebSocketHeader.BINARY, bytes, promise);
    } else {
      // Empty writes only ask when those before them are done; a frame of none would be the end.
      context.write(message, promise);
    }
  }

  private void frame(
      ChannelHandlerContext context, int opcode, ByteBuf bytes, ChannelPromise promise) {
    int length = bytes.readableBytes();
    if (role == Role.ACCEPTOR) {
      context.write(WebSocketHeader.write(context.alloc(), FINAL | opcode, length));
      context.write(bytes, promise);
      return;
    }
    int mask = RANDOM.nextInt();
    context.write(WebSocketHeader.write(context.alloc(), FINAL | opcode, length, mask));
    // A copy: the caller's bytes are not ours to change.
    ByteBuf masked = context.alloc().buffer(Math.max(1, length)).writeBytes(bytes);
    ReferenceCountUtil.release(bytes);
    WebSocketHeader.mask(masked, mask, 0);
    context.write(masked, promise);
  }

  /** Says that nothing more comes from us; all that was written before has gone out first. */
  ChannelFuture endOutput() {
    ChannelPromise ended = whereWeAre.newPromise();
    frame(whereWeAre, WebSocketHeader.BINARY, Unpooled.buffer(0), ended);
    whereWeAre.flush();
    return ended;
  }

  private ChannelFuture sendClose(ChannelHandlerContext context) {
    ChannelPromise sent = context.newPromise();
    if (closeSent) {
      return sent.setSuccess();
    }
    closeSent = true;
    frame(context, WebSocketHeader.CLOSE, Unpooled.copyShort((short) NORMAL_CLOSURE), sent);
    context.flush();
    return sent;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    over = true;
    if (context.channel().isActive()) {
      sendClose(context);
    }
    context.close(promise);
  }
}
