package org.noports.benchmarks.ciphers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.RecordCipher;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Samples;
import org.noports.benchmarks.data.Asked;
import org.noports.benchmarks.data.ManySessions;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.World;

/**
 * From {@code cipher-deny}, asked of a running client through its door, to its answer, which it
 * gives when the last of a thousand sessions has moved: infrastructure, device and client are whole
 * instances in a process each, and every session carries a connection.
 */
public final class DenyRow {
  private static final String WHAT = "cipher-deny, to the last of 1,000 sessions moved";
  private static final String GOAL = "< 2 s";
  private static final int SESSIONS = 1000;
  private static final int SPARE = 4 * SESSIONS;
  private static final double GOAL_MILLIS = 2000;

  /**
   * One round each: the cipher that all use, the agreement, then those that came in their place.
   */
  private static final List<String> DENIED =
      List.of(RecordCipher.AES_256_GCM, KeyAgreement.X_WING, RecordCipher.AES_256_GCM);

  private DenyRow() {}

  /** The row; failed if a session was closed, or a connection lost a byte. */
  public static void measure(Report report) throws IOException {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    try (World world = permitting(World.make(distribution, folder, "localhost:*")).up();
        ManySessions sessions = ManySessions.open(Asked.door(world.client()), SESSIONS)) {
      var samples = new Samples(rounds(world, sessions));
      report.absolute(WHAT, samples, "ms", GOAL, median -> median < GOAL_MILLIS);
    } catch (Exception | AssertionError e) {
      // An instance that did not start, a session that ended: a failed row, never no row.
      report.failed(WHAT, GOAL, String.valueOf(e.getMessage()).strip());
    }
  }

  /** More of everything than one client usually may have. */
  private static World permitting(World world) {
    world
        .client()
        .configure("org.noports.cipher.catalogue.cfg", "departSeconds = 60%n".formatted());
    return ManySessions.permitting(world, SPARE);
  }

  private static List<Double> rounds(World world, ManySessions sessions) throws Exception {
    Path door = Asked.door(world.client());
    List<Double> millis = new ArrayList<>();
    for (String name : DENIED) {
      sessions.echo();
      long begun = System.nanoTime();
      JsonObject said =
          JsonObject.parse("the answer", Asked.answer(door, "cipher-deny", name, "--json"));
      millis.add((System.nanoTime() - begun) / 1e6);
      if (said.requireWhole("moved") != SESSIONS) {
        throw new IOException(
            name + " was denied, and not every session has moved: " + said.toJson());
      }
      sessions.echo();
      Asked.answer(door, "cipher-allow", name);
    }
    return millis;
  }
}
