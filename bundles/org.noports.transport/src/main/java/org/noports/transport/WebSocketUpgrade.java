package org.noports.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.noports.api.HostPort;

/**
 * Makes a channel a WebSocket: says and reads what comes before the frames, then leaves {@link
 * WebSocketFrames} in its own place. From there on the channel carries plain bytes as a TCP
 * connection does. How long that may take is the caller's to say.
 */
public final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
  /** What an HTTP head may have; proxies add a few lines to it. */
  private static final int LONGEST_HEAD = 8192;

  private static final ByteBuf HEAD_END =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", US_ASCII).asReadOnly());
  private static final SecureRandom RANDOM = new SecureRandom();

  private final WebSocketFrames.Role role;
  private final String key;
  private final ByteBuf read = Unpooled.buffer();
  private final CompletableFuture<Channel> done = new CompletableFuture<>();

  private WebSocketUpgrade(WebSocketFrames.Role role, String key) {
    this.role = role;
    this.key = key;
  }

  /**
   * Asks for a WebSocket on a channel that was dialled; TLS is in its pipeline already. Completes
   * on the channel's loop, with the channel not reading by itself; fails with a {@link IOException}
   * whose message follows the peer's name, and the channel is closed.
   *
   * @param address whom the request names
   */
  public static CompletableFuture<Channel> ask(Channel channel, HostPort address) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    var upgrade = new WebSocketUpgrade(WebSocketFrames.Role.CLIENT, key);
    channel.pipeline().addLast(upgrade);
    channel.writeAndFlush(Unpooled.copiedBuffer(WebSocketOpening.request(address, key), US_ASCII));
    channel.read();
    return upgrade.done;
  }

  /** The same for the accepting side: call it where the listener hands the channel over. */
  public static CompletableFuture<Channel> await(Channel channel) {
    var upgrade = new WebSocketUpgrade(WebSocketFrames.Role.ACCEPTOR, "");
    channel.pipeline().addLast(upgrade);
    return upgrade.done;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (done.isDone()) {
      ReferenceCountUtil.release(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    try {
      read.writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (done.isDone()) {
      return;
    }
    int end = ByteBufUtil.indexOf(HEAD_END, read);
    if (end >= 0 && end < LONGEST_HEAD) {
      String head = read.readCharSequence(end, ISO_8859_1).toString();
      read.skipBytes(HEAD_END.readableBytes());
      take(context, head);
    } else if (read.readableBytes() >= LONGEST_HEAD) {
      fail(context, new IOException("it says too much before its WebSocket"));
    } else {
      context.read();
    }
  }

  private void take(ChannelHandlerContext context, String head) {
    try {
      if (role == WebSocketFrames.Role.CLIENT) {
        WebSocketOpening.check(head, key);
      } else {
        String answer = WebSocketOpening.answer(head);
        context.writeAndFlush(Unpooled.copiedBuffer(answer, US_ASCII));
      }
    } catch (IOException e) {
      fail(context, e);
      return;
    }
    List<ByteBuf> beyond = read.isReadable() ? List.of(read.retainedSlice()) : List.of();
    context.pipeline().addAfter(context.name(), null, new WebSocketFrames(role));
    context.pipeline().replace(this, "beyond the upgrade", new PushBack(beyond, false));
    done.complete(context.channel());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      fail(context, new IOException("it closed the connection before its WebSocket was open"));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, new IOException("it closed the connection before its WebSocket was open"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, new IOException(Reason.of(cause), cause));
  }

  /** A browser that comes by is told nothing: who scans learns as little as possible. */
  private void fail(ChannelHandlerContext context, IOException reason) {
    if (done.completeExceptionally(reason)) {
      context.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    read.release();
  }
}
