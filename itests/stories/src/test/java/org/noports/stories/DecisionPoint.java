package org.noports.stories;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of a decision point's HTTP as a story needs: it says the same to each question. */
final class DecisionPoint implements AutoCloseable {
  private final ServerSocket socket;
  private volatile String answer = "{\"result\":true}";

  private DecisionPoint(ServerSocket socket) {
    this.socket = socket;
  }

  static DecisionPoint start() throws IOException {
    DecisionPoint point =
        new DecisionPoint(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    Thread thread = new Thread(point::serve, "story-decision-point");
    thread.setDaemon(true);
    thread.start();
    return point;
  }

  int port() {
    return socket.getLocalPort();
  }

  void answers(String next) {
    answer = next;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket asked = socket.accept()) {
        answer(asked);
      } catch (IOException e) {
        // The next one, unless the story is over.
      }
    }
  }

  private void answer(Socket asked) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(asked.getInputStream(), StandardCharsets.ISO_8859_1));
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    String text =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + answer.length()
            + "\r\n\r\n"
            + answer;
    asked.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    asked.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
