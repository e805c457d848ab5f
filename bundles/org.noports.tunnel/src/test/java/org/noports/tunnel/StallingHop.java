package org.noports.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.noports.api.HostPort;
import org.noports.api.tunnel.RelayLeg;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;

/**
 * Somebody on the way to the relay, who at some time passes nothing on any more, and says nothing.
 */
final class StallingHop implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final EventLoops loops = EventLoops.start("stalling-hop", 1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean stalled;

  StallingHop(HostPort behind) throws IOException {
    World.daemon(
        () -> {
          while (!listener.isClosed()) {
            Socket near = listener.accept();
            Socket far = new Socket(behind.host(), behind.port());
            World.daemon(() -> pass(near, far));
            World.daemon(() -> pass(far, near));
          }
        });
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] piece = new byte[16384];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        if (stalled) {
          awaitEnd();
          return;
        }
        to.getOutputStream().write(piece, 0, count);
      }
    }
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  RelayLeg leg() {
    var here = new HostPort("127.0.0.1", listener.getLocalPort());
    return () -> loops.dial(here, Duration.ofSeconds(5)).thenApply(ChannelStream::over);
  }

  void stall() {
    stalled = true;
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    listener.close();
    loops.close();
  }
}
