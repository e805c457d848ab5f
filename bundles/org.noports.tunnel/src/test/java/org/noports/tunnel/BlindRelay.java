package org.noports.tunnel;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.HostPort;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.RelayLeg;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;
import org.noports.transport.Splice;

/** A relay as blind as a real one: two ports, sockets paired in the order in which they come. */
final class BlindRelay implements AutoCloseable {
  private final EventLoops loops = EventLoops.start("blind-relay", 1);
  private final Queue<Channel> clients = new ArrayDeque<>();
  private final Queue<Channel> devices = new ArrayDeque<>();
  private final List<Splice> pairs = new CopyOnWriteArrayList<>();
  private final Channel clientPort = listen(clients);
  private final Channel devicePort = listen(devices);

  private Channel listen(Queue<Channel> side) {
    return loops
        .listener(
            channel -> {
              // One loop, so no other order than that of arrival.
              side.add(channel);
              pair();
            })
        .bind(new InetSocketAddress("127.0.0.1", 0))
        .syncUninterruptibly()
        .channel();
  }

  private void pair() {
    while (!clients.isEmpty() && !devices.isEmpty()) {
      pairs.add(Splice.join("the client", clients.poll(), "the device", devices.poll()));
    }
  }

  private static HostPort address(Channel port) {
    return new HostPort("127.0.0.1", ((InetSocketAddress) port.localAddress()).getPort());
  }

  HostPort clientAddress() {
    return address(clientPort);
  }

  HostPort deviceAddress() {
    return address(devicePort);
  }

  RelayLeg clientLeg() {
    return () -> dial(clientPort);
  }

  RelayLeg deviceLeg() {
    return () -> dial(devicePort);
  }

  private CompletionStage<ByteStream> dial(Channel port) {
    return loops.dial(address(port), Duration.ofSeconds(5)).thenApply(ChannelStream::over);
  }

  /** Bytes that the clients have sent on all pairs: the control channel's and those sealed. */
  long fromClients() {
    return pairs.stream().mapToLong(Splice::fromFirst).sum();
  }

  void breakAll() {
    pairs.forEach(Splice::close);
  }

  @Override
  public void close() {
    loops.close();
  }
}
