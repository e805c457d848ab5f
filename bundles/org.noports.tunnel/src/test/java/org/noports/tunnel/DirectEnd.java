package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.noports.api.HostPort;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;
import org.noports.tunnel.stream.DeviceStreams;

/** A client's end whose streams are loopback connections to the device's end of the same JVM. */
final class DirectEnd implements ClientEnd {
  private final EventLoops loops;
  private final DeviceStreams device;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Channel listening;
  private final Map<Integer, CompletableFuture<Channel>> accepted = new ConcurrentHashMap<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  DirectEnd(EventLoops loops, DeviceStreams device) {
    this.loops = loops;
    this.device = device;
    this.listening =
        loops
            .listener(channel -> other(portOf(channel.remoteAddress())).complete(channel))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Both ends of one connection; the first is the client's. */
  private CompletionStage<Channel[]> pair(EventLoop loop) {
    return loops
        .dial(new HostPort("127.0.0.1", portOf(listening.localAddress())), PATIENCE, loop)
        .thenCompose(
            dialled ->
                other(portOf(dialled.localAddress()))
                    .thenApply(accepted -> new Channel[] {accepted, dialled}));
  }

  private static int portOf(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  private CompletableFuture<Channel> other(int port) {
    return accepted.computeIfAbsent(port, key -> new CompletableFuture<>());
  }

  @Override
  public CompletionStage<ByteStream> open(StreamRequest.Outgoing request) {
    EventLoop loop = loops.next();
    return device
        .open(request, loop)
        .thenCompose(
            exit ->
                pair(loop)
                    .thenApplyAsync(
                        both -> {
                          exit.join(both[1]);
                          return ChannelStream.over(both[0]);
                        },
                        loop));
  }

  @Override
  public CompletionStage<RemoteEntrance> listen(
      StreamRequest.Listen request, Consumer<ByteStream> arrivals) {
    return device.listen(
        request,
        loop ->
            pair(loop)
                .thenApplyAsync(
                    both -> {
                      arrivals.accept(ChannelStream.over(both[0]));
                      return both[1];
                    },
                    loop));
  }

  @Override
  public CompletionStage<ByteStream> connect() {
    throw new UnsupportedOperationException("These sessions have no target of their own");
  }

  @Override
  public CompletionStage<String> ended() {
    return ended.copy();
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, 0, 0);
  }

  @Override
  public void close() {
    device.close();
    listening.close();
    ended.complete("closed");
  }
}
