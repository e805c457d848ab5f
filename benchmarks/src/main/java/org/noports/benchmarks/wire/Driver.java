package org.noports.benchmarks.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A driver's one I/O thread, and the TLS that all its connections speak. */
public final class Driver implements AutoCloseable {
  static {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final SslContext tls;

  /**
   * Starts the thread.
   *
   * @param trust PEM file of the authority behind all certificates
   */
  public Driver(Path trust) throws IOException {
    tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3")
            .trustManager(trust.toFile())
            .build();
  }

  /** Where everything happens. */
  public EventLoop loop() {
    return group.next();
  }

  /** Opens a connection to localhost, TLS first. */
  public CompletableFuture<Wire> connect(int port, Function<Wire, Receiver> receiver) {
    return connect("localhost", port, receiver);
  }

  /** The same for a port that is told by the server name who is meant. */
  public CompletableFuture<Wire> connect(String name, int port, Function<Wire, Receiver> receiver) {
    return open(port, channel -> secure(channel, name, port, receiver));
  }

  /** The same for a peer that says a line in clear before TLS begins. */
  public CompletableFuture<Wire> connectAfterGreeting(int port, Function<Wire, Receiver> receiver) {
    return open(
        port,
        channel -> {
          CompletableFuture<Wire> ready = new CompletableFuture<>();
          channel
              .pipeline()
              .addLast(
                  new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf greeting) {
                      context.pipeline().remove(this);
                      secure(channel, "localhost", port, receiver)
                          .whenComplete(
                              (wire, failure) -> {
                                if (failure == null) {
                                  ready.complete(wire);
                                } else {
                                  ready.completeExceptionally(failure);
                                }
                              });
                    }
                  });
          return ready;
        });
  }

  private CompletableFuture<Wire> open(
      int port, Function<Channel, CompletableFuture<Wire>> secured) {
    CompletableFuture<Wire> opened = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<Wire>> made = new CompletableFuture<>();
    new Bootstrap()
        .group(group)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(2048, 16 * 1024, 256 * 1024))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                made.complete(secured.apply(channel));
              }
            })
        .connect("127.0.0.1", port)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                opened.completeExceptionally(done.cause());
              }
            });
    made.thenCompose(Function.identity())
        .whenComplete(
            (wire, failure) -> {
              if (failure == null) {
                opened.complete(wire);
              } else {
                opened.completeExceptionally(failure);
              }
            });
    return opened;
  }

  private CompletableFuture<Wire> secure(
      Channel channel, String name, int port, Function<Wire, Receiver> receiver) {
    CompletableFuture<Wire> ready = new CompletableFuture<>();
    Wire wire = new Wire(channel);
    SslHandler handler = tls.newHandler(channel.alloc(), name, port);
    handler.setHandshakeTimeout(60, TimeUnit.SECONDS);
    channel.pipeline().addLast(handler, new Hearing(receiver.apply(wire)));
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                ready.complete(wire);
              } else {
                ready.completeExceptionally(done.cause());
              }
            });
    return ready;
  }

  private static final class Hearing extends SimpleChannelInboundHandler<ByteBuf> {
    private final Receiver receiver;

    Hearing(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      receiver.received(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Whoever waits for an answer finds that none comes; the row says so.
      context.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
