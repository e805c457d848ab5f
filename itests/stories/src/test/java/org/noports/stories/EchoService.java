package org.noports.stories;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A TCP service on the loopback address that says its greeting and then sends back what it gets.
 */
final class EchoService implements AutoCloseable {
  private final ServerSocket listener;
  private final byte[] greeting;

  private EchoService(ServerSocket listener, String greeting) {
    this.listener = listener;
    this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
  }

  static EchoService start() throws IOException {
    return greeting("");
  }

  static EchoService greeting(String greeting) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    EchoService echo = new EchoService(new ServerSocket(0, 16, loopback), greeting);
    daemon(echo::serve);
    return echo;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        daemon(() -> echo(socket));
      } catch (IOException e) {
        return; // Closed: the story is over.
      }
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      out.write(greeting);
      in.transferTo(out);
    } catch (IOException e) {
      // The peer went away; the story sees that on its own side.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
