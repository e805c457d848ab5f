package org.noports.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.Eventually;
import org.noports.testkit.TestClock;

/** Events in, lines out. */
public class EventFileAuditTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file;
  private EventFileAudit audit;

  @Before
  public void start() {
    file = folder.getRoot().toPath().resolve("deep/events.jsonl");
    audit = open(file);
  }

  @After
  public void stop() {
    audit.stop();
  }

  private static EventFileAudit open(Path file) {
    return new EventFileAudit(settings(file, 1 << 20), new TestClock(NOON));
  }

  private static Settings settings(Path file, long maxBytes) {
    return new Settings(
        file, maxBytes, Duration.ZERO, 0, Duration.ZERO, Duration.ofSeconds(10), file.getParent());
  }

  @Test
  public void anEventIsOneLineWithItsDetailsInOrder() throws Exception {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("to", "@device");
    details.put("from", "@alice");
    details.put("why", "she said \"hi\"\nand left");

    audit.record(new AuditEvent(NOON, "session-admitted", details));
    audit.stop();

    assertThat(
        Files.readAllLines(file).get(2),
        startsWith(
            "{\"n\":3,\"at\":\"2030-01-01T12:00:00Z\",\"event\":\"session-admitted\",\"details\":"
                + "{\"to\":\"@device\",\"from\":\"@alice\","
                + "\"why\":\"she said \\\"hi\\\"\\nand left\"},\"prev\":\""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
  }

  @Test
  public void anEventIsOnDiskWithoutWaitingForTheEnd() throws Exception {
    audit.record(event("now"));
    Eventually.holds(() -> events(file).equals(List.of("now")));
    assertThat(audit.check().status(), is(Health.Status.OK));
  }

  @Test
  public void eventsKeepTheirOrderAndNoneIsLostAmongManyWriters() throws Exception {
    CompletableFuture<?>[] writers =
        IntStream.range(0, 8)
            .mapToObj(w -> CompletableFuture.runAsync(() -> recordMany(w)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writers).join();
    audit.stop();

    List<String> all = events(file);
    assertThat(all.size(), is(8 * 500));
    for (int w = 0; w < 8; w++) {
      String prefix = w + "-";
      assertThat(
          all.stream().filter(it -> it.startsWith(prefix)).toList(),
          is(IntStream.range(0, 500).mapToObj(i -> prefix + i).toList()));
    }
  }

  private void recordMany(int writer) {
    IntStream.range(0, 500).forEach(i -> audit.record(event(writer + "-" + i)));
  }

  @Test
  public void aRestartAppends() throws Exception {
    audit.record(event("one"));
    audit.stop();
    audit = open(file);
    audit.record(event("two"));
    audit.stop();
    assertThat(events(file), contains("one", "two"));
  }

  @Test
  public void aTornLineStaysAndTheNextEventStandsOnItsOwn() throws Exception {
    audit.record(event("one"));
    audit.stop();
    Files.writeString(file, "{\"at\":\"2030-01", StandardOpenOption.APPEND);

    audit = open(file);
    audit.record(event("two"));
    audit.stop();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(3), is("{\"at\":\"2030-01"));
    assertThat(JsonObject.parse("line", lines.get(4)).requireText("event"), is("audit-healed"));
    assertThat(events(file), contains("one", "two"));
  }

  @Test
  public void aFullFileGetsTheNextNumberAndNoEventIsLost() throws Exception {
    Settings small = settings(file, 2000);
    audit.apply(small);
    for (int i = 0; i < 100; i++) {
      int count = i + 1;
      audit.record(event("event-" + i));
      Eventually.holds(() -> allEvents().size() == count);
    }
    assertThat(allEvents(), is(IntStream.range(0, 100).mapToObj(i -> "event-" + i).toList()));
    assertThat(numbered().size(), is(greaterThan(2)));
    for (Path old : numbered()) {
      assertThat(Files.readAllLines(old).get(0), startsWith("{\"noportsAudit\":2,"));
    }
  }

  @Test
  public void aFileOfANewerVersionIsRefusedByNameAndLeftAlone() throws Exception {
    Path newer = folder.newFile("newer.jsonl").toPath();
    Files.writeString(newer, "{\"noportsAudit\":3}\n");
    audit.stop();
    audit = open(newer);
    audit.record(event("kept"));
    Eventually.holds(() -> audit.check().status() == Health.Status.DOWN);

    assertThat(audit.check().message(), containsString("newer.jsonl: it has format 3"));
    assertThat(Files.readString(newer), is("{\"noportsAudit\":3}\n"));

    audit.apply(settings(file, 1 << 20));
    Eventually.holds(() -> audit.check().status() == Health.Status.OK);
    assertThat(events(file), contains("kept"));
  }

  @Test
  public void aFileThatCannotBeOpenedTakesTheOpenOneNotAway() throws Exception {
    Path letter = folder.newFile("letter.txt").toPath();
    Files.writeString(letter, "Dear Alice");
    audit.record(event("before"));
    Eventually.holds(() -> events(file).size() == 1);
    audit.apply(settings(letter, 1 << 20));
    audit.record(event("after"));

    Eventually.holds(() -> audit.check().message().contains("it is no event file"));
    assertThat(audit.check().status(), is(Health.Status.DEGRADED));
    Eventually.holds(() -> events(file).equals(List.of("before", "after")));
    assertThat(Files.readString(letter), is("Dear Alice"));
  }

  @Test
  public void eventsThatDoNotFitAreCountedAndTheFileSaysSoOnceItCan() throws Exception {
    Path blocked = folder.newFile("blocked").toPath();
    audit.stop();
    Path late = blocked.resolve("events.jsonl");
    audit = new EventFileAudit(settings(late, 1 << 30), new TestClock(NOON));
    int tooMany = 4 * EventWriter.MOST_WAITING;
    for (int i = 0; i < tooMany; i++) {
      audit.record(event("e" + i));
    }
    Eventually.holds(() -> audit.check().message().contains("are lost"));
    assertThat(audit.check().status(), is(Health.Status.DOWN));

    Files.delete(blocked);
    Eventually.holds(() -> audit.check().status() == Health.Status.OK);
    audit.stop();

    List<String> kept = events(late);
    long lost = lost(late);
    long written = kept.size();
    assertThat(written + lost, is((long) tooMany));
  }

  @Test
  public void aValueWithoutEndIsCut() throws Exception {
    audit.record(new AuditEvent(NOON, "big", Map.of("value", "x".repeat(1_000_000))));
    audit.stop();
    JsonObject line = JsonObject.parse("line", Files.readAllLines(file).get(2));
    assertThat(line.requireObject("details").requireText("value"), endsWith("x…"));
  }

  private static AuditEvent event(String name) {
    return new AuditEvent(NOON, name, Map.of());
  }

  private List<Path> numbered() throws IOException {
    if (!Files.exists(file.getParent())) {
      return List.of();
    }
    try (var files = Files.list(file.getParent())) {
      return files
          .filter(it -> it.getFileName().toString().matches("events-\\d{8}\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  private List<String> allEvents() throws Exception {
    List<String> all = new ArrayList<>();
    for (Path old : numbered()) {
      all.addAll(events(old));
    }
    if (Files.exists(file)) {
      all.addAll(events(file));
    }
    return all;
  }

  private static List<String> events(Path path) throws Exception {
    List<String> names = new ArrayList<>();
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path)) {
        if (!line.contains("\"hash\"")) {
          continue;
        }
        JsonObject.parse("line", line)
            .text("event")
            .filter(name -> !name.startsWith("audit-"))
            .ifPresent(names::add);
      }
    }
    return names;
  }

  private static long lost(Path path) throws Exception {
    long lost = 0;
    for (String line : Files.readAllLines(path)) {
      JsonObject event = JsonObject.parse("line", line);
      if (event.text("event").orElse("").equals("audit-gap")) {
        lost += Long.parseLong(event.requireObject("details").requireText("lost"));
      }
    }
    return lost;
  }
}
