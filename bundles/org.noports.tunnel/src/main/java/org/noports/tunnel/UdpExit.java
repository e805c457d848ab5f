package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.tunnel.stream.DeviceStreams.Exit;

/**
 * Where a session's datagrams leave the tunnel on the device: one connected socket for each stream,
 * so that nobody but the target is sent anything or heard. Groups and broadcasts are no targets:
 * one datagram there would bring the answers of many.
 */
final class UdpExit {
  private final Surroundings around;

  UdpExit(Surroundings around) {
    this.around = around;
  }

  /** Looks the target up. Fails with {@link TargetUnavailable}; completes on the loop. */
  CompletionStage<Exit> reach(Target target, List<InetAddress> exactly, EventLoop loop) {
    return target instanceof Target.Tcp place
        ? (exactly.isEmpty()
                ? around.loops().resolve(place.address().host())
                : CompletableFuture.completedStage(exactly.get(0)))
            .handleAsync((host, failure) -> connect(place.address(), host, failure, loop), loop)
            .thenCompose(exit -> exit)
        : CompletableFuture.failedFuture(
            new TargetUnavailable(target + " takes no datagrams; name a host and a port"));
  }

  private CompletableFuture<Exit> connect(
      HostPort address, InetAddress host, Throwable failure, EventLoop loop) {
    if (failure != null) {
      return unavailable(Failures.cause(failure).getMessage(), failure);
    }
    if (host.isMulticastAddress() || host.isAnyLocalAddress()) {
      return unavailable(address + " is not one machine: datagrams go to one only", null);
    }
    var reached = new CompletableFuture<Exit>();
    Answers answers = new Answers();
    ChannelFuture connecting =
        around
            .loops()
            .datagrams(loop)
            .handler(answers)
            .connect(new InetSocketAddress(host, address.port()));
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            reached.complete(new Connected(connecting.channel(), answers));
          } else {
            String reason = "Cannot send datagrams to " + address + ": ";
            reached.completeExceptionally(
                new TargetUnavailable(reason + done.cause().getMessage(), done.cause()));
          }
        });
    return reached;
  }

  private static CompletableFuture<Exit> unavailable(String message, Throwable cause) {
    return CompletableFuture.failedFuture(new TargetUnavailable(message, cause));
  }

  private final class Connected implements Exit {
    private final Channel socket;
    private final Answers answers;

    Connected(Channel socket, Answers answers) {
      this.socket = socket;
      this.answers = answers;
    }

    @Override
    public void join(Channel stream) {
      DatagramStream datagrams =
          DatagramStream.over(stream, around.settings().udpIdle(), socket::writeAndFlush);
      answers.taker = datagrams::send;
      stream.closeFuture().addListener(f -> socket.close());
      socket.closeFuture().addListener(f -> stream.close());
    }

    @Override
    public void abandon() {
      socket.close();
    }
  }

  /** What the target sends. A refusal that ICMP brings is one lost datagram, not the end. */
  private static final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
    private Consumer<ByteBuf> taker = ByteBuf::release;

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      taker.accept(packet.content().retain());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The next datagram may find the target there again.
    }
  }
}
