package org.noports.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The two processes at the ends of a path. */
final class Ends implements AutoCloseable {
  private final End near = new End();
  private final End far = new End();

  Ends() throws IOException {}

  /** One process; it obeys one command after the other. */
  static final class End implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    End() throws IOException {
      process =
          JavaProcess.builder(EndProcess.class, "-Xmx256m", "-XX:+UseSerialGC")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void tell(String command) {
      commands.println(command);
    }

    String answer() throws IOException {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("An end has failed: see its last words above");
      }
      return answer;
    }

    String ask(String command) throws IOException {
      tell(command);
      return answer();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  End near() {
    return near;
  }

  End far() {
    return far;
  }

  /** The port that a proxy dials to reach the far end. */
  int farPort() throws IOException {
    return Integer.parseInt(far.ask("listening"));
  }

  /** Adds connections from end to end, each of which has carried a byte both ways. */
  void connect(Way path, int count) throws IOException {
    near.tell("dial " + count + " " + path.port() + " " + path.line());
    far.ask(
        path.farPort() == 0
            ? "accept " + count
            : "dial " + count + " " + path.farPort() + " " + path.farLine());
    near.answer();
  }

  /** Makes sure that all connections stand. */
  void check() throws IOException {
    near.ask("say");
    far.ask("hear");
    far.ask("say");
    near.ask("hear");
  }

  void disconnect() throws IOException {
    near.ask("close");
    far.ask("close");
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
