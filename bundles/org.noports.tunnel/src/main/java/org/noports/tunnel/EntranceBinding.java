package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.tunnel.LocalAddress;
import org.noports.transport.EventLoops;

/** Binds a local address: the first thing that is done for a tunnel, and the cheapest to fail. */
final class EntranceBinding {
  private final EventLoops loops;
  private final Function<String, CompletionStage<InetAddress>> names;

  EntranceBinding(EventLoops loops) {
    this(loops, loops::resolve);
  }

  /** For tests: with names of their own. */
  EntranceBinding(EventLoops loops, Function<String, CompletionStage<InetAddress>> names) {
    this.loops = loops;
    this.names = names;
  }

  /**
   * Fails with {@link LocalAddressUnavailable}.
   *
   * @param accepted is given each connection, on its loop
   */
  CompletionStage<BoundAddress> bind(LocalAddress address, Consumer<Channel> accepted) {
    return address instanceof LocalAddress.UnixSocket unix
        ? bindUnix(unix, accepted)
        : bindPort((LocalAddress.Port) address, accepted);
  }

  private CompletionStage<BoundAddress> bindPort(
      LocalAddress.Port port, Consumer<Channel> accepted) {
    return resolve(port)
        .thenCompose(
            host ->
                bound(
                    port,
                    loops
                        .listener(accepted)
                        .option(ChannelOption.AUTO_READ, false)
                        .bind(new InetSocketAddress(host, port.port()))));
  }

  /** The address to bind, looked up beside the loops. */
  CompletionStage<InetAddress> resolve(LocalAddress.Port port) {
    return names
        .apply(port.host())
        .handle(
            (host, failure) ->
                failure == null
                    ? asMeant(port, host)
                    : CompletableFuture.<InetAddress>failedFuture(
                        unavailable(port, Failures.cause(failure).getMessage(), failure)))
        .thenCompose(host -> host);
  }

  /**
   * Whoever says localhost counts on nobody else's coming in, whatever this machine makes of it.
   */
  private static CompletableFuture<InetAddress> asMeant(LocalAddress.Port port, InetAddress host) {
    return port.isLoopback() && !host.isLoopbackAddress()
        ? CompletableFuture.failedFuture(
            unavailable(
                port,
                "this machine says that is "
                    + host.getHostAddress()
                    + ", which others can reach; mend its hosts file, or name 127.0.0.1",
                null))
        : CompletableFuture.completedFuture(host);
  }

  /** What a bind to a port comes to. */
  static CompletableFuture<BoundAddress> bound(LocalAddress.Port port, ChannelFuture binding) {
    var bound = new CompletableFuture<BoundAddress>();
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            Channel channel = binding.channel();
            int chosen = ((InetSocketAddress) channel.localAddress()).getPort();
            var address = new LocalAddress.Port(port.host(), chosen);
            bound.complete(new BoundAddress(address, channel));
          } else {
            bound.completeExceptionally(unavailable(port, reason(done.cause()), done.cause()));
          }
        });
    return bound;
  }

  private static String reason(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.contains("in use")
        ? "it is in use; choose another, or 0 for any free port"
        : text.contains("ermission denied") ? "this user may not bind it" : text;
  }

  private CompletionStage<BoundAddress> bindUnix(
      LocalAddress.UnixSocket unix, Consumer<Channel> accepted) {
    var bound = new CompletableFuture<BoundAddress>();
    SocketFile file;
    try {
      file = SocketFile.prepare(unix.path());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(unavailable(unix, e.getMessage(), e));
    }
    ChannelFuture binding =
        loops
            .unixListener(accepted)
            .option(ChannelOption.AUTO_READ, false)
            .bind(loops.kind().unixAddress(file.toBind()));
    binding.addListener(
        done -> {
          try {
            if (!done.isSuccess()) {
              throw new IOException(String.valueOf(done.cause().getMessage()), done.cause());
            }
            binding.channel().closeFuture().addListener(f -> remove(file, unix));
            file.publish();
            bound.complete(new BoundAddress(unix, binding.channel()));
          } catch (IOException e) {
            binding.channel().close();
            file.abandon();
            bound.completeExceptionally(unavailable(unix, e.getMessage(), e));
          }
        });
    return bound;
  }

  private static void remove(SocketFile file, LocalAddress address) {
    try {
      file.remove();
    } catch (IOException e) {
      TunnelLog.left(address, e.getMessage());
    }
  }

  private static LocalAddressUnavailable unavailable(
      LocalAddress address, String reason, Throwable cause) {
    return new LocalAddressUnavailable("Cannot listen on " + address + ": " + reason, cause);
  }
}
