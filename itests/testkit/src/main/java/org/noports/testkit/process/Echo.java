package org.noports.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A service that says back what it hears, and its visitor, as processes of their own. */
public final class Echo {
  private static final int BYTES = 1_000_000;

  /** Fits into the buffers on the way, so that whoever says it need not listen meanwhile. */
  private static final int WORD = 10_000;

  private Echo() {}

  /** The command of a service; its first line is its port. */
  public static ProcessBuilder service(List<String> place) {
    return command(place, "serve");
  }

  /** The command of a visit to a port of {@code place}: says a megabyte, prints {@code same}. */
  public static ProcessBuilder visit(List<String> place, int port) {
    return command(place, Integer.toString(port));
  }

  /**
   * The command of a visit that says {@code talking} when it has heard its first words back, and
   * talks on until there is a file {@code until}; then it prints {@code same}.
   */
  public static ProcessBuilder conversation(List<String> place, int port, Path until) {
    return command(place, Integer.toString(port), until.toString());
  }

  private static ProcessBuilder command(List<String> place, String... what) {
    List<String> command = new ArrayList<>(place);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Echo.class.getName()));
    command.addAll(List.of(what));
    return new ProcessBuilder(command);
  }

  /** What the processes run. */
  public static void main(String[] what) throws IOException {
    if (what[0].equals("serve")) {
      serve();
    } else if (what.length > 1) {
      System.out.println(
          converse(Integer.parseInt(what[0]), Path.of(what[1])) ? "same" : "different");
    } else {
      System.out.println(visit(Integer.parseInt(what[0])) ? "same" : "different");
    }
  }

  private static void serve() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      System.out.println(listening.getLocalPort());
      while (true) {
        Socket visitor = listening.accept();
        // One that was cut off says no good-bye, and must not keep the next one waiting.
        new Thread(() -> answer(visitor), "visitor").start();
      }
    }
  }

  private static void answer(Socket visitor) {
    try (visitor) {
      visitor.getInputStream().transferTo(visitor.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean visit(int port) throws IOException {
    byte[] said = new byte[BYTES];
    new Random(port).nextBytes(said);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      CompletableFuture<Void> saying = CompletableFuture.runAsync(() -> say(socket, said));
      InputStream in = socket.getInputStream();
      byte[] heard = in.readNBytes(BYTES);
      saying.join();
      return Arrays.equals(said, heard);
    }
  }

  private static boolean converse(int port, Path until) throws IOException {
    Random words = new Random(port);
    byte[] said = new byte[WORD];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      boolean same = true;
      for (long round = 0; same && !Files.exists(until); round++) {
        words.nextBytes(said);
        say(socket, said);
        same = Arrays.equals(said, socket.getInputStream().readNBytes(WORD));
        if (round == 0) {
          System.out.println("talking");
        }
      }
      return same;
    }
  }

  private static void say(Socket socket, byte[] said) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(said);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
