package org.noports.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One end of a path, as a process of its own: obeys a line at a time and answers with a line. It
 * works on its sockets only while it obeys, so an end that has nothing to do is an end that stalls.
 *
 * <pre>
 * listening                         the port it accepts on
 * dial COUNT PORT LINE              opens connections that say LINE first; - for nothing
 * accept COUNT                      takes as many that were dialled to it
 * say / hear                        each connection sends, or waits for, one byte
 * send MIB / receive                on the first connection, up to the end of input; seconds
 * ping COUNT / echo                 64 bytes there and back; microseconds p50 and p99. echo ends with the input
 * flood                             each connection sends until it blocks; bytes
 * end / close                       ends all outputs; breaks all connections off
 * cycle COUNT ATONCE PORT LINE      connects, sends 64 bytes, hears them, closes; cycles a second
 *                                   more ports and lines: each in turn
 * serve ATONCE PORT LINE            dials (or with port 0 accepts) and echoes until the next command
 * </pre>
 */
final class EndProcess {
  private EndProcess() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (EndSockets sockets = new EndSockets()) {
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        System.out.println(obey(command.split(" "), sockets, commands));
        System.out.flush();
      }
    }
  }

  private static String obey(String[] words, EndSockets sockets, BufferedReader commands)
      throws IOException {
    return switch (words[0]) {
      case "listening" -> Integer.toString(sockets.port());
      case "dial" -> done(() -> sockets.dial(number(words[1]), number(words[2]), words[3]));
      case "accept" -> done(() -> sockets.accept(number(words[1])));
      case "say" -> done(sockets::say);
      case "hear" -> done(sockets::hear);
      case "flood" -> Long.toString(sockets.flood());
      case "end" -> done(sockets::end);
      case "close" -> done(sockets::close);
      case "send" -> decimal(new Stream(sockets.first()).send(number(words[1])));
      case "receive" -> decimal(new Stream(sockets.first()).receive());
      case "ping" -> new Stream(sockets.first()).ping(number(words[1]));
      case "echo" -> done(() -> new Stream(sockets.first()).echo());
      case "cycle" ->
          decimal(new Cycles(Target.of(words, 3)).run(number(words[1]), number(words[2])));
      case "serve" ->
          done(() -> sockets.answer(Target.of(words, 2), number(words[1]), commands::ready));
      default -> throw new IOException("What is " + words[0] + "?");
    };
  }

  private interface Work {
    void run() throws IOException;
  }

  private static String done(Work work) throws IOException {
    work.run();
    return "done";
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
