package org.noports.benchmarks.ciphers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.noports.api.tunnel.Suite;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Samples;

/**
 * What sessions lose when their suite is changed under load: two ends and a blind relay in this
 * JVM, one connection that carries all it can beside one that sends 64 bytes there and back.
 */
public final class SwapRows {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long BETWEEN_SWAPS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MESSAGE = 64;
  private static final double GOAL_MILLIS = 50;

  private SwapRows() {}

  /** The rows and their goals. */
  public static void measure(Report report) throws Exception {
    List<Double> added = new ArrayList<>();
    List<Double> swaps = new ArrayList<>();
    List<Double> lost = new ArrayList<>();
    List<Double> links = new ArrayList<>();
    try (SwapWorld world = SwapWorld.open()) {
      for (int round = 0; round < ROUNDS; round++) {
        Beside beside = Beside.start(world);
        double still = p99(world, false);
        long before = world.swaps();
        added.add(p99(world, true) - still);
        swaps.add((double) (world.swaps() - before));
        lost.add(beside.lost());
        links.add((double) world.lastLink());
      }
    }
    report.figure("changes of the suite in 2 s under load", new Samples(swaps), "");
    report.absolute(
        "bytes lost while suites change under load", new Samples(lost), "", "0", it -> it == 0);
    report.absolute(
        "reconnects while suites change under load", new Samples(links), "", "0", it -> it == 0);
    report.absolute(
        "p99 that a change adds to 64 bytes there and back, under load",
        new Samples(added),
        "ms",
        "< 50 ms",
        it -> it < GOAL_MILLIS);
  }

  private static double p99(SwapWorld world, boolean swapping) throws Exception {
    double[] millis = new double[1 << 16];
    int count = 0;
    try (Socket socket = world.connect()) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      byte[] message = new byte[MESSAGE];
      out.write(SwapWorld.ECHO);
      CompletableFuture<?> swap = CompletableFuture.completedFuture(null);
      long end = System.nanoTime() + ROUND_NANOS;
      long swapAt = System.nanoTime();
      List<Suite> suites = SwapWorld.SUITES;
      for (int next = 0; System.nanoTime() < end && count < millis.length; count++) {
        if (swapping && swap.isDone() && System.nanoTime() > swapAt) {
          swapAt = System.nanoTime() + BETWEEN_SWAPS;
          swap = world.rekey(suites.get(next++ % suites.size()));
        }
        long begun = System.nanoTime();
        out.write(message);
        in.readNBytes(message, 0, MESSAGE);
        millis[count] = (System.nanoTime() - begun) / 1e6;
      }
      swap.get(30, TimeUnit.SECONDS);
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return sorted[(int) (count * 0.99)];
  }

  /** A connection that carries all it can until it is asked what is missing. */
  private static final class Beside {
    private final Socket socket;
    private final CompletableFuture<Long> sent = new CompletableFuture<>();
    private volatile boolean over;

    private Beside(Socket socket) {
      this.socket = socket;
    }

    static Beside start(SwapWorld world) throws IOException {
      Beside beside = new Beside(world.connect());
      Thread thread = new Thread(beside::send, "beside");
      thread.setDaemon(true);
      thread.start();
      return beside;
    }

    private void send() {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(SwapWorld.COUNT);
        byte[] block = new byte[1 << 16];
        long total = 0;
        while (!over) {
          out.write(block);
          total += block.length;
        }
        socket.shutdownOutput();
        sent.complete(total);
      } catch (IOException e) {
        sent.completeExceptionally(e);
      }
    }

    /** What was sent less what came, as the other end has counted it. */
    double lost() throws Exception {
      over = true;
      long total = sent.get(60, TimeUnit.SECONDS);
      try (socket) {
        return total - new DataInputStream(socket.getInputStream()).readLong();
      }
    }
  }
}
