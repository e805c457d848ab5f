package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.World;

/**
 * From the request to the first byte that came back, between instances that run: asked of the
 * running instance through its door, and, as a first figure, by a process of our command line.
 */
public final class SetUpRow implements AutoCloseable {
  /** The row's name. */
  public static final String WHAT = "set-up between running instances, to the first byte : ssh -L";

  private static final String COMMAND = "the same from our command line, its own start included";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WARM_UP = 15;
  private static final int ROUNDS = 21;

  private final ServerSocket echo = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());

  private SetUpRow() throws IOException {
    Thread thread = new Thread(this::answer, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  /** Measures it. */
  public static void measure(Distribution distribution, Path folder, Report report)
      throws Exception {
    try (SetUpRow row = new SetUpRow();
        World world = World.make(distribution, folder, "localhost:*").up()) {
      row.compare(world, new Hops(folder), folder, report);
    }
  }

  private void compare(World world, Hops hops, Path folder, Report report) throws Exception {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    Path door = Asked.door(world.client());
    contestants.put("ours", () -> asked(door));
    contestants.put("command", () -> command(world));
    contestants.put("ssh", () -> ssh(hops, folder));
    Map<String, Samples> samples = Rounds.run(WARM_UP, ROUNDS, contestants);
    report.absolute(WHAT, samples.get("ours"), "ms", "<= 100 ms", median -> median <= 100);
    report.figure(WHAT, samples.get("ours"), samples.get("ssh"), "ms");
    report.figure(COMMAND, samples.get("command"), samples.get("ssh"), "ms");
  }

  private double asked(Path door) throws IOException {
    long start = System.nanoTime();
    try (Asked connect = Asked.of(door, List.of("connect", "dev1@device", "--to", target()))) {
      String place = connect.after(" is at ");
      firstByte(Integer.parseInt(place.substring(place.lastIndexOf(':') + 1)));
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private String target() {
    return "localhost:" + echo.getLocalPort();
  }

  private double command(World world) {
    long start = System.nanoTime();
    String target = target();
    try (Running connect = world.client().start("connect", "dev1@device", "--to", target)) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), LIMIT);
      firstByte(Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1)));
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private double ssh(Hops hops, Path folder) throws Exception {
    try (Tunnel.Waiting sshd = Tunnel.waiting(hops, folder, echo.getLocalPort())) {
      long start = System.nanoTime();
      try (Running ssh = sshd.dial()) {
        Listening.await(sshd.port(), "ssh");
        firstByte(sshd.port());
        return (System.nanoTime() - start) / 1e6;
      }
    }
  }

  private static void firstByte(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(1);
      if (socket.getInputStream().read() != 1) {
        throw new IllegalStateException("The first byte did not come back");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer() {
    while (!echo.isClosed()) {
      try (Socket socket = echo.accept()) {
        socket.getOutputStream().write(socket.getInputStream().read());
      } catch (IOException e) {
        // Who asked has gone, or the row is done: the row says what it did not get.
      }
    }
  }

  @Override
  public void close() throws IOException {
    echo.close();
  }
}
