package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.Target;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.Closing;
import org.noports.tunnel.SocksTalk.Reply;

/**
 * A SOCKS application's datagrams (RFC 1928 7): a socket on the loopback for as long as its
 * connection lasts, and a stream for each target that it names. Pieces of datagrams are not put
 * together; whoever sent first is the only one who is heard.
 */
final class SocksDatagrams extends SimpleChannelInboundHandler<DatagramPacket> {
  /** Targets at once for one application. */
  private static final int MOST_TARGETS = 64;

  private static final int HEAD_WITHOUT_ADDRESS = 4;

  private final Surroundings around;
  private final Channel application;
  private final ClientEnd serving;
  private final LocalAddress at;
  private final Map<ByteBuffer, UdpFlow> flows = new HashMap<>();
  private Optional<InetSocketAddress> sender = Optional.empty();

  SocksDatagrams(Surroundings around, Channel application, ClientEnd serving, LocalAddress at) {
    this.around = around;
    this.application = application;
    this.serving = serving;
    this.at = at;
  }

  /** Binds and answers. */
  void begin(SocksTalk talk) {
    ChannelFuture binding =
        around
            .loops()
            .datagrams(application.eventLoop())
            .handler(this)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    binding.addListener(
        done -> {
          if (!done.isSuccess()) {
            talk.say(Reply.FAILED).whenComplete((s, f) -> Closing.afterWrites(application));
            return;
          }
          Channel socket = binding.channel();
          application.closeFuture().addListener(f -> socket.close());
          socket.closeFuture().addListener(f -> application.close());
          talk.say((InetSocketAddress) socket.localAddress());
          untilItHangsUp(talk);
        });
  }

  /** What more it says on its connection means nothing. */
  private void untilItHangsUp(SocksTalk talk) {
    talk.stream()
        .read(ByteBuffer.allocate(64))
        .whenComplete(
            (count, failure) -> {
              if (failure != null || count < 0) {
                application.close();
              } else {
                untilItHangsUp(talk);
              }
            });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    if (sender.isEmpty()) {
      sender = Optional.of(packet.sender());
    }
    ByteBuf datagram = packet.content();
    int head = head(datagram);
    if (head == 0 || !sender.get().equals(packet.sender())) {
      return;
    }
    byte[] address = new byte[head];
    datagram.readBytes(address);
    ByteBuffer key = ByteBuffer.wrap(address);
    Optional<UdpFlow> flow =
        Optional.ofNullable(flows.get(key)).or(() -> begin(context.channel(), key));
    flow.ifPresent(open -> open.send(datagram.retain()));
  }

  /** How long the head of a whole datagram is; 0 for anything else. */
  private static int head(ByteBuf datagram) {
    int start = datagram.readerIndex();
    if (datagram.readableBytes() <= HEAD_WITHOUT_ADDRESS || datagram.getByte(start + 2) != 0) {
      return 0;
    }
    int host =
        switch (datagram.getByte(start + 3)) {
          case SocksTalk.IPV4 -> 4;
          case SocksTalk.IPV6 -> 16;
          case SocksTalk.NAME -> 1 + datagram.getUnsignedByte(start + HEAD_WITHOUT_ADDRESS);
          default -> -1;
        };
    int all = HEAD_WITHOUT_ADDRESS + host + Short.BYTES;
    return host < 0 || datagram.readableBytes() < all ? 0 : all;
  }

  private Optional<UdpFlow> begin(Channel socket, ByteBuffer head) {
    if (flows.size() >= MOST_TARGETS) {
      return Optional.empty();
    }
    Target target;
    try {
      ByteBuffer rest = head.duplicate().position(3);
      int type = rest.get();
      rest.position(rest.position() + (type == SocksTalk.NAME ? 1 : 0));
      target = new Target.Tcp(SocksTalk.place(type, rest, rest.remaining() - Short.BYTES));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    InetSocketAddress back = sender.orElseThrow();
    var flow =
        new UdpFlow(
            socket.eventLoop(),
            around.settings().udpIdle(),
            answer ->
                socket.writeAndFlush(
                    new DatagramPacket(
                        Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(head.array()), answer),
                        back)));
    flows.put(head, flow);
    flow.ended().thenRun(() -> flows.remove(head, flow));
    flow.begin(serving.open(new StreamRequest.Udp(target)), at);
    return Optional.of(flow);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Map.copyOf(flows).values().forEach(UdpFlow::close);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // One datagram that could not be sent is lost, as datagrams are.
  }
}
