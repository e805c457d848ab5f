package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.EventLoops;

/**
 * Where datagrams enter on the client's machine: one stream for each address they come from, so
 * that answers find their way. First of the data path for datagrams; it outlives sessions.
 */
final class UdpEntrance extends SimpleChannelInboundHandler<DatagramPacket> implements Entrance {
  /** Senders at once; who comes later is not heard until one of them is silent for long enough. */
  static final int MOST_SENDERS = 256;

  private final Surroundings around;
  private final Forward.Udp forward;
  private final Map<InetSocketAddress, UdpFlow> flows = new HashMap<>();
  private volatile Optional<ClientEnd> end = Optional.empty();
  private volatile BoundAddress bound;

  private UdpEntrance(Surroundings around, Forward.Udp forward) {
    this.around = around;
    this.forward = forward;
  }

  /** Fails with {@link org.noports.api.LocalAddressUnavailable}. */
  static CompletionStage<Entrance> bind(Surroundings around, Forward.Udp forward) {
    EventLoops loops = around.loops();
    var entrance = new UdpEntrance(around, forward);
    return new EntranceBinding(loops)
        .resolve(forward.at())
        .thenCompose(
            host ->
                EntranceBinding.bound(
                    forward.at(),
                    loops
                        .datagrams(loops.next())
                        .handler(entrance)
                        .bind(new InetSocketAddress(host, forward.at().port()))))
        .thenApply(entrance::listensOn);
  }

  private Entrance listensOn(BoundAddress address) {
    bound = address;
    return this;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress sender = packet.sender();
    Optional<UdpFlow> known = Optional.ofNullable(flows.get(sender));
    Optional<ClientEnd> serving = end;
    if (known.isEmpty() && (serving.isEmpty() || flows.size() >= MOST_SENDERS)) {
      return;
    }
    UdpFlow flow = known.orElseGet(() -> begin(context.channel(), sender, serving.get()));
    flow.send(packet.content().retain());
  }

  private UdpFlow begin(Channel socket, InetSocketAddress sender, ClientEnd serving) {
    var flow =
        new UdpFlow(
            socket.eventLoop(),
            around.settings().udpIdle(),
            answer -> socket.writeAndFlush(new DatagramPacket(answer, sender)));
    flows.put(sender, flow);
    flow.ended().thenRun(() -> flows.remove(sender, flow));
    flow.begin(serving.open(new StreamRequest.Udp(forward.to())), address());
    return flow;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Map.copyOf(flows).values().forEach(UdpFlow::close);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // What ICMP says about one sender is nobody else's trouble.
  }

  @Override
  public LocalAddress address() {
    return bound.address();
  }

  @Override
  public CompletionStage<Void> serve(ClientEnd next) {
    end = Optional.of(next);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void pause() {
    end = Optional.empty();
  }

  @Override
  public void close() {
    bound.close();
  }

  @Override
  public String toString() {
    return "UdpEntrance[" + forward + "]";
  }
}
