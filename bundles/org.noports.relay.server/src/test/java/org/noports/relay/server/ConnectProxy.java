package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.noports.api.HostPort;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;

/**
 * An HTTP proxy on loopback that knows CONNECT and nothing else. As soon as one direction ends it
 * closes both, as many do: no half-close of TCP gets through it.
 */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

  /** What was asked for, in order. */
  final Queue<String> asked = new ConcurrentLinkedQueue<>();

  ConnectProxy() throws IOException {
    thread(this::accept);
  }

  OutgoingProxy way() {
    HostPort us = new HostPort("127.0.0.1", listener.getLocalPort());
    return target -> new Route.Through(Route.Protocol.HTTP, us, Optional.empty());
  }

  private interface Work {
    void run() throws IOException;
  }

  private void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The test is over, or one of the two has left.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket from = listener.accept();
      open.add(from);
      thread(() -> serve(from));
    }
  }

  private void serve(Socket from) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) from.getInputStream().read());
    }
    String target = head.substring("CONNECT ".length(), head.indexOf(" HTTP"));
    asked.add(target);
    int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(to);
    from.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
    thread(() -> copy(to, from));
    copy(from, to);
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Closeable socket : open) {
      socket.close();
    }
  }
}
