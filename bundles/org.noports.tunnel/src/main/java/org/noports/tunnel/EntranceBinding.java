package org.noports.tunnel;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;
import org.noports.transport.EventLoops;

/** Binds a local address: the first thing that is done for a tunnel, and the cheapest to fail. */
final class EntranceBinding {
  private final EventLoops loops;

  EntranceBinding(EventLoops loops) {
    this.loops = loops;
  }

  CompletionStage<Entrance> bind(LocalAddress address) {
    return address instanceof LocalAddress.UnixSocket unix
        ? bindUnix(unix)
        : bindPort((LocalAddress.Port) address);
  }

  private CompletionStage<Entrance> bindPort(LocalAddress.Port port) {
    return loops
        .resolve(port.host())
        .handle(
            (host, failure) ->
                failure == null
                    ? bindPort(port, host)
                    : CompletableFuture.<Entrance>failedFuture(
                        unavailable(port, Failures.cause(failure).getMessage(), failure)))
        .thenCompose(bound -> bound);
  }

  private CompletableFuture<Entrance> bindPort(LocalAddress.Port port, InetAddress host) {
    var bound = new CompletableFuture<Entrance>();
    var accepting = new CompletableFuture<LocalEntrance>();
    ServerBootstrap listener =
        loops.listener(channel -> accepting.thenAccept(entrance -> entrance.accepted(channel)));
    ChannelFuture binding =
        listener
            .option(ChannelOption.AUTO_READ, false)
            .bind(new InetSocketAddress(host, port.port()));
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            Channel channel = binding.channel();
            int chosen = ((InetSocketAddress) channel.localAddress()).getPort();
            var entrance = new LocalEntrance(new LocalAddress.Port(port.host(), chosen), () -> {});
            entrance.listensOn(channel);
            accepting.complete(entrance);
            bound.complete(entrance);
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

  private CompletionStage<Entrance> bindUnix(LocalAddress.UnixSocket unix) {
    var bound = new CompletableFuture<Entrance>();
    SocketFile file;
    try {
      file = SocketFile.prepare(unix.path());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(unavailable(unix, e.getMessage(), e));
    }
    var entrance = new LocalEntrance(unix, () -> remove(file, unix));
    ChannelFuture binding =
        loops
            .unixListener(entrance::accepted)
            .option(ChannelOption.AUTO_READ, false)
            .bind(loops.kind().unixAddress(file.toBind()));
    binding.addListener(
        done -> {
          try {
            if (!done.isSuccess()) {
              throw new IOException(String.valueOf(done.cause().getMessage()), done.cause());
            }
            entrance.listensOn(binding.channel());
            file.publish();
            bound.complete(entrance);
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
