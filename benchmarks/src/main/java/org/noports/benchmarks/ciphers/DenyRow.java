package org.noports.benchmarks.ciphers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.RecordCipher;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Samples;
import org.noports.benchmarks.control.CpuTime;
import org.noports.benchmarks.data.Asked;
import org.noports.benchmarks.data.ManySessions;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.World;

/**
 * From {@code cipher-deny}, asked of a running client through its door, to its answer, which it
 * gives when the last of a thousand sessions has moved: infrastructure, device and client are whole
 * instances in a process each, and every session carries a connection.
 */
public final class DenyRow {
  private static final String GOAL = "< 2 s";
  private static final int SESSIONS =
      Optional.ofNullable(System.getenv("NOPORTS_DENY_SESSIONS"))
          .map(Integer::valueOf)
          .orElse(1000);

  /** A round each: the sessions are taken back to it when it is permitted again. */
  private static final List<String> CIPHERS =
      List.of(RecordCipher.AES_256_GCM, RecordCipher.AES_256_GCM, RecordCipher.AES_256_GCM);

  /** Once: a handshake without it keeps a session from it until the next handshake. */
  private static final List<String> AGREEMENTS = List.of(KeyAgreement.X_WING);

  private static final int SPARE = 4 * SESSIONS;
  private static final double GOAL_MILLIS = 2000;

  private final World world;
  private final Path door;
  private final ManySessions sessions;

  private DenyRow(World world, ManySessions sessions) throws IOException {
    this.world = world;
    this.door = Asked.door(world.client());
    this.sessions = sessions;
  }

  private static String what(String kind) {
    return "cipher-deny of a " + kind + ", to the last of " + SESSIONS + " sessions moved";
  }

  /** The rows; failed if a session was closed, or a connection lost a byte. */
  public static void measure(Report report) throws IOException {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    try (World world = permitting(World.make(distribution, folder, "localhost:*")).up();
        ManySessions sessions = ManySessions.open(Asked.door(world.client()), SESSIONS)) {
      DenyRow row = new DenyRow(world, sessions);
      row.measure(report, "record cipher", CIPHERS);
      row.measure(report, "key agreement", AGREEMENTS);
    } catch (Exception | AssertionError e) {
      // An instance that did not start, a session that ended: a failed row, never no row.
      report.failed(what("cipher"), GOAL, String.valueOf(e.getMessage()).strip());
    }
  }

  /** More of everything than one client usually may have. */
  private static World permitting(World world) {
    world
        .client()
        .configure("org.noports.cipher.catalogue.cfg", "departSeconds = 60%n".formatted());
    return ManySessions.permitting(world, SPARE);
  }

  private void measure(Report report, String kind, List<String> names) throws Exception {
    List<Double> millis = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    for (String name : names) {
      Eventually.holds(Duration.ofMinutes(2), () -> using(name) == SESSIONS);
      sessions.echo();
      double before = processorMicros();
      millis.add(denied(name));
      sessions.echo();
      micros.add((processorMicros() - before) / SESSIONS);
      Asked.answer(door, "cipher-allow", name);
    }
    report.absolute(what(kind), new Samples(millis), "ms", GOAL, median -> median < GOAL_MILLIS);
    report.figure(
        "processor time of all instances for each, with 64 bytes there and back",
        new Samples(micros),
        "us");
  }

  /** Milliseconds until all have moved. */
  private double denied(String name) throws Exception {
    long begun = System.nanoTime();
    JsonObject said =
        JsonObject.parse("the answer", Asked.answer(door, "cipher-deny", name, "--json"));
    double millis = (System.nanoTime() - begun) / 1e6;
    if (said.requireWhole("moved") != SESSIONS) {
      throw new IOException(
          name + " was denied, and not every session has moved: " + said.toJson());
    }
    return millis;
  }

  /** How many sessions of the client hold it. */
  private int using(String name) {
    try {
      Matcher found =
          Pattern.compile("\"name\":\"" + name + "\"[^}]*\"sessions\":(\\d+)")
              .matcher(Asked.answer(door, "ciphers", "--json"));
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private double processorMicros() throws IOException {
    double sum = 0;
    for (Machine each :
        Stream.of(world.infrastructure(), world.device(), world.client()).distinct().toList()) {
      sum += CpuTime.micros(each.pid());
    }
    return sum;
  }
}
