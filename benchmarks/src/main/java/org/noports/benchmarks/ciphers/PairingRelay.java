package org.noports.benchmarks.ciphers;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.noports.api.HostPort;
import org.noports.api.tunnel.RelayLeg;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;
import org.noports.transport.Splice;

/** The least that a relay is: two ports, sockets paired in the order in which they come. */
final class PairingRelay implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final EventLoops loops = EventLoops.start("pairing-relay", 1);
  private final Queue<Channel> clients = new ArrayDeque<>();
  private final Queue<Channel> devices = new ArrayDeque<>();
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
      Splice.join("the client", clients.poll(), "the device", devices.poll());
    }
  }

  RelayLeg leg(boolean client) {
    Channel port = client ? clientPort : devicePort;
    var address = new HostPort("127.0.0.1", ((InetSocketAddress) port.localAddress()).getPort());
    return () -> loops.dial(address, LIMIT).thenApply(ChannelStream::over);
  }

  @Override
  public void close() {
    loops.close();
  }
}
