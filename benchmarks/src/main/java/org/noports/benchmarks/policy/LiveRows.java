package org.noports.benchmarks.policy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Samples;
import org.noports.benchmarks.data.Asked;
import org.noports.benchmarks.data.ManySessions;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.World;

/**
 * From a device's book changed on the disk to what others feel of it, while a thousand sessions of
 * one client run: infrastructure, device and client are whole instances in a process each, and
 * every session carries a connection.
 */
public final class LiveRows {
  private static final int SESSIONS =
      Integer.parseInt(
          Objects.requireNonNullElse(System.getenv("NOPORTS_POLICY_SESSIONS"), "1000"));

  private static final String EFFECT =
      "change-to-effect, slowest of 20 changes, %,d live sessions".formatted(SESSIONS);
  private static final String CUT = "revoke-to-cut, p99 of %,d live sessions".formatted(SESSIONS);
  private static final String GOAL = "< 2 s";
  private static final double GOAL_MILLIS = 2000;
  private static final int CHANGES = 20;
  private static final int CUTS = 3;

  /** Those that end make room, if a little later than others come. */
  private static final int SPARE = 4 * SESSIONS + 1000;

  private LiveRows() {}

  /** The rows and their goals; failed if they could not be measured, never left out. */
  public static void measure(Report report) throws IOException {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    List<Double> effects = new ArrayList<>();
    List<Double> cuts = new ArrayList<>();
    List<Double> lasts = new ArrayList<>();
    String why = "";
    try (World world = World.make(distribution, folder, "localhost:*");
        ServerSocket other = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      LiveBook book = LiveBook.of(ManySessions.permitting(world, SPARE).device());
      world.up();
      Path door = Asked.door(world.client());
      for (int round = 0; round < CUTS; round++) {
        try (ManySessions sessions = ManySessions.open(door, SESSIONS)) {
          if (round == 0) {
            effects.addAll(effects(book, door, other.getLocalPort()));
          }
          sessions.echo();
          double[] ended = sessions.ended(book.forbid(sessions.port()));
          cuts.add(ended[(int) Math.ceil(SESSIONS * 0.99) - 1]);
          lasts.add(ended[SESSIONS - 1]);
        }
        felt(book.permit(), door, other.getLocalPort(), true);
      }
    } catch (Exception | AssertionError e) {
      // An instance that did not start, a session that was not cut: failed rows, never no rows.
      why = String.valueOf(e.getMessage()).strip();
    }
    print(report, effects, cuts, lasts, why);
  }

  private static void print(
      Report report, List<Double> effects, List<Double> cuts, List<Double> lasts, String why) {
    if (effects.size() < CHANGES) {
      report.failed(EFFECT, GOAL, why);
    } else {
      double slowest = effects.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      Samples one = new Samples(List.of(slowest));
      report.absolute(EFFECT, one, "ms", GOAL, median -> median < GOAL_MILLIS);
      report.figure("the same, all of them", new Samples(effects), "ms");
    }
    if (lasts.size() < CUTS) {
      report.failed(CUT, GOAL, why);
    } else {
      report.absolute(CUT, new Samples(cuts), "ms", GOAL, median -> median < GOAL_MILLIS);
      report.figure("the same, the last of them", new Samples(lasts), "ms");
    }
  }

  private static List<Double> effects(LiveBook book, Path door, int port) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int change = 0; change < CHANGES; change++) {
      boolean permit = change % 2 == 1;
      millis.add(felt(permit ? book.permit() : book.forbid(port), door, port, permit));
    }
    return millis;
  }

  /** Milliseconds to the end of the first request that is answered by the new book. */
  private static double felt(long begun, Path door, int port, boolean permit) throws IOException {
    while (admitted(door, port) != permit) {
      if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(1)) {
        throw new IOException("A book was not in force a minute after it was written");
      }
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  /** A session more, which the next book that forbids it ends; or the rule's name as the reason. */
  private static boolean admitted(Path door, int port) throws IOException {
    try {
      Asked.answer(door, "connect", "dev1@device", "--to", "localhost:" + port, "-b");
      return true;
    } catch (IOException e) {
      if (e.getMessage().contains(LiveBook.FORBIDS)) {
        return false;
      }
      throw e;
    }
  }
}
