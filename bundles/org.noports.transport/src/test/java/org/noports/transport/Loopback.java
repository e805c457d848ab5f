package org.noports.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;

/** A TCP port on the loopback address whose accepted channels a test takes one by one. */
final class Loopback implements AutoCloseable {
  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final Channel listening;

  Loopback(EventLoops loops) {
    listening =
        loops
            .listener(accepted::add)
            .bind(new InetSocketAddress("127.0.0.1", 0))
            .syncUninterruptibly()
            .channel();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", port());
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  Channel accept() throws InterruptedException {
    return accepted.poll(60, TimeUnit.SECONDS);
  }

  Channel dial(EventLoops loops) throws Exception {
    return loops.dial(address(), Duration.ofSeconds(5)).get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
  }
}
