package org.noports.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A bound TCP port on which line channels are accepted. */
public final class LinePort implements AutoCloseable {
  private final Channel channel;

  private LinePort(Channel channel) {
    this.channel = channel;
  }

  /**
   * Binds and accepts. Fails with an {@link IOException} that names address and reason.
   *
   * @param tls empty for plain TCP; asked for each connection, so it may be replaced
   * @param reader asked for each connection, on its loop, once TLS stands
   */
  public static CompletionStage<LinePort> bind(
      EventLoops loops,
      InetSocketAddress address,
      Optional<TlsServer> tls,
      LineLimits limits,
      Function<LineChannel, LineReader> reader) {
    return bind(loops, address, tls, limits, LineGate.OPEN, reader);
  }

  /**
   * As the other one.
   *
   * @param gate asked for each connection before TLS
   */
  public static CompletionStage<LinePort> bind(
      EventLoops loops,
      InetSocketAddress address,
      Optional<TlsServer> tls,
      LineLimits limits,
      LineGate gate,
      Function<LineChannel, LineReader> reader) {
    ServerBootstrap listener =
        loops.listener(
            accepted -> {
              Optional<Runnable> left =
                  gate.enter(((InetSocketAddress) accepted.remoteAddress()).getAddress());
              if (left.isEmpty()) {
                Closing.reset(accepted);
                return;
              }
              Runnable once = once(left.get());
              accepted.closeFuture().addListener(gone -> once.run());
              greet(accepted, tls, limits, channel -> new LineChannel(channel, once), reader);
            });
    var bound = new CompletableFuture<LinePort>();
    ChannelFuture binding = listener.bind(address);
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            bound.complete(new LinePort(binding.channel()));
          } else {
            bound.completeExceptionally(
                new IOException(
                    "Cannot listen on " + address + ": " + Reason.of(done.cause()), done.cause()));
          }
        });
    return bound;
  }

  private static Runnable once(Runnable task) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        task.run();
      }
    };
  }

  private static void greet(
      Channel accepted,
      Optional<TlsServer> tls,
      LineLimits limits,
      Function<Channel, LineChannel> line,
      Function<LineChannel, LineReader> reader) {
    if (tls.isEmpty()) {
      begin(line.apply(accepted), accepted, limits, reader);
      return;
    }
    SslHandler handler = tls.get().handler(accepted.alloc());
    handler.setHandshakeTimeoutMillis(limits.handshakeTimeout().toMillis());
    accepted.pipeline().addLast(handler, new Quiet());
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                accepted.pipeline().remove(Quiet.class);
                begin(line.apply(accepted), accepted, limits, reader);
              }
            });
    accepted.eventLoop().execute(accepted::read);
  }

  private static void begin(
      LineChannel line,
      Channel accepted,
      LineLimits limits,
      Function<LineChannel, LineReader> reader) {
    LineReader mine = reader.apply(line);
    accepted.pipeline().addLast(new LineHandler(mine, line::flush, limits.longestLine()));
  }

  /** Where it listens, with the port that was chosen. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Listens no more; connections that are open go on. Idempotent. */
  @Override
  public void close() {
    channel.close();
  }
}
